const ROW = ".row[data-at]";

function at(row: HTMLElement): number {
  return Number(row.dataset["at"]);
}

function address(row: HTMLElement): string {
  return row.querySelector("a")?.getAttribute("href") ?? "";
}

/** The heading a row stands under. */
function dayOf(row: Element): Element | null {
  return row.parentElement?.previousElementSibling ?? null;
}

function dayLike(day: Element | null, row: HTMLElement): { heading: Element | null; rows: HTMLUListElement } {
  const rows = document.createElement("ul");
  rows.append(row);
  return { heading: day?.cloneNode(true) as Element | null, rows };
}

/**
 * Puts rows among those that are there, newest first, each under its day; the rows that are there stay the elements they were.
 * Returns the rows put in.
 */
export function merge(into: Element, from: Element): HTMLElement[] {
  const there = [...into.querySelectorAll<HTMLElement>(ROW)];
  const known = new Set(there.map(address));
  const added: HTMLElement[] = [];
  let index = 0;
  for (const row of from.querySelectorAll<HTMLElement>(ROW)) {
    // Another part of the page may have brought it meanwhile.
    if (known.has(address(row))) {
      continue;
    }
    const day = dayOf(row);
    while (index < there.length && at(there[index]!) >= at(row)) {
      index++;
    }
    const before = there[index - 1];
    const after = there[index];
    const same = (other: Element | undefined) => other !== undefined && dayOf(other)?.textContent === day?.textContent;
    if (same(before)) {
      before!.after(row);
    } else if (same(after)) {
      after!.before(row);
    } else {
      const { heading, rows } = dayLike(day, row);
      const place = after ? dayOf(after) : null;
      // A day is never torn apart: rows of one day lie together, by when they arrived.
      into.insertBefore(rows, place);
      if (heading) {
        into.insertBefore(heading, rows);
      }
    }
    there.splice(index, 0, row);
    index++;
    added.push(row);
  }
  return added;
}

/** While all results are meant, those that come are shown as ticked; who unticks one then means the others on the page. */
export function choose(results: Element, added: Element[]): void {
  const shown = results.querySelector<HTMLInputElement>("[data-offer] input[name='shown']");
  if (shown) {
    added.forEach((row) => (row.querySelector<HTMLInputElement>("input[name='ref']")!.checked = true));
    shown.value = String(Number(shown.value) + added.length);
  }
}

/** Rows that come in above what is being read must not push it down. */
export function keepingPlace(change: () => void): void {
  const bar = document.querySelector(".search-bar")?.getBoundingClientRect().bottom ?? 0;
  const shown = [...document.querySelectorAll(ROW)].find((row) => row.getBoundingClientRect().bottom > bar);
  const list = document.getElementById("list");
  const scroller = list && list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== "visible" ? list : document.scrollingElement;
  const before = shown?.getBoundingClientRect().top ?? 0;
  change();
  // Where the browser has kept the place itself, nothing has moved.
  if (shown && scroller && scroller.scrollTop > 0) {
    scroller.scrollTop += shown.getBoundingClientRect().top - before;
  }
}
