import { beforeEach, expect, test } from "vitest";
import { range, startSelection, summary } from "./select";

test("a range runs both ways and includes its ends", () => {
  expect(range(["a", "b", "c", "d"], "b", "d")).toEqual(["b", "c", "d"]);
  expect(range(["a", "b", "c", "d"], "d", "b")).toEqual(["b", "c", "d"]);
  expect(range(["a"], "a", "gone")).toEqual([]);
});

test("the box above the list is full, half or empty", () => {
  expect(summary(0, 3)).toEqual({ checked: false, indeterminate: false });
  expect(summary(1, 3)).toEqual({ checked: false, indeterminate: true });
  expect(summary(3, 3)).toEqual({ checked: true, indeterminate: false });
  expect(summary(0, 0)).toEqual({ checked: false, indeterminate: false });
});

startSelection();

beforeEach(() => {
  document.body.innerHTML = `<section class="list"><input type="checkbox" data-select-all><b data-count></b><ul>
    <li class="row"><input type="checkbox" name="ref" value="1"></li><li class="row"><input type="checkbox" name="ref" value="2"></li>
    <li class="row"><input type="checkbox" name="ref" value="3"></li></ul></section>`;
});

const row = (value: number) => document.querySelector<HTMLInputElement>(`[value="${value}"]`)!;

test("select all ticks every row and counts them", () => {
  document.querySelector<HTMLInputElement>("[data-select-all]")!.click();
  expect(document.querySelectorAll(".row input:checked")).toHaveLength(3);
  expect(document.querySelector("[data-count]")!.textContent).toBe("3");
});

test("shift ticks the rows between", () => {
  row(1).click();
  row(3).dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: true }));
  expect(row(2).checked).toBe(true);
});
