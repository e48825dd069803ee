import { expect, test } from "vitest";
import { countNew, inPlace } from "./keep";

test("new rows are those above the first one that was there", () => {
  expect(countNew(["3", "2", "1"], ["5", "4", "3", "2", "1"])).toBe(2);
  expect(countNew(["3", "2", "1"], ["2", "1"])).toBe(0);
  expect(countNew(["3", "2", "1"], ["4", "2", "1", "0"])).toBe(1);
  expect(countNew([], ["1"])).toBe(1);
});

/** A list whose rows are 50 px high, in a box that is scrolled. */
function page(refs: string[], scrolled: number): HTMLElement {
  document.body.innerHTML = `<section id="list"><header class="list-bar"></header><ul></ul></section>`;
  const list = document.getElementById("list")!;
  list.style.overflowY = "auto";
  fill(list, refs);
  list.scrollTop = scrolled;
  return list;
}

function fill(list: HTMLElement, refs: string[]): void {
  const old = new Map([...list.querySelectorAll<HTMLElement>(".row")].map((row) => [row.dataset["ref"], row]));
  const rows = refs.map((ref, at) => {
    const row = old.get(ref) ?? document.createElement("li");
    row.className = "row";
    row.dataset["ref"] = ref;
    row.innerHTML ||= `<a class="row-link" href="#${ref}">${ref}</a>`;
    row.getBoundingClientRect = () => new DOMRect(0, at * 50 - list.scrollTop, 300, 50);
    return row;
  });
  list.querySelector("ul")!.replaceChildren(...rows);
}

test("what the reader looks at stays where it is when something comes above", async () => {
  const list = page(["3", "2", "1"], 60);
  const above = await inPlace(list, true, async () => fill(list, ["5", "4", "3", "2", "1"]));
  expect(list.scrollTop).toBe(160);
  expect(above).toBe(2);
});

test("at the top of the first page new rows are seen, on a later page nothing moves", async () => {
  const first = page(["3", "2", "1"], 0);
  expect(await inPlace(first, true, async () => fill(first, ["4", "3", "2", "1"]))).toBe(0);
  expect(first.scrollTop).toBe(0);
  const later = page(["3", "2", "1"], 0);
  expect(await inPlace(later, false, async () => fill(later, ["4", "3", "2"]))).toBe(0);
  expect(later.scrollTop).toBe(50);
});

test("the row that closes the gap takes the focus", async () => {
  const list = page(["3", "2", "1"], 0);
  list.querySelector<HTMLElement>("[data-ref='2'] a")!.focus();
  await inPlace(list, true, async () => fill(list, ["3", "1"]));
  expect(document.activeElement?.textContent).toBe("1");
});
