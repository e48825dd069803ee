/** The values between two rows, both included, whichever way the reader went; empty when one is not there. */
export function range<T>(rows: readonly T[], from: T, to: T): T[] {
  const a = rows.indexOf(from);
  const b = rows.indexOf(to);
  return a < 0 || b < 0 ? [] : rows.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** What the box above the list shows for so many of so many rows. */
export function summary(checked: number, all: number): { checked: boolean; indeterminate: boolean } {
  return { checked: all > 0 && checked === all, indeterminate: checked > 0 && checked < all };
}

const ROW = ".row input[name='ref']";

function boxes(list: Element): HTMLInputElement[] {
  return [...list.querySelectorAll<HTMLInputElement>(ROW)];
}

function update(list: Element): void {
  const all = boxes(list);
  const checked = all.filter((box) => box.checked).length;
  const head = list.querySelector<HTMLInputElement>("[data-select-all]");
  if (head) {
    Object.assign(head, summary(checked, all.length));
  }
  for (const count of list.querySelectorAll("[data-count]")) {
    count.textContent = (checked === all.length && list.querySelector<HTMLElement>("[data-whole]")?.dataset["whole"]) || String(checked);
  }
}

/** Select all, shift for a range, and the count beside the tools. The tools themselves are shown by the style sheet. */
export function startSelection(): void {
  let anchor: HTMLInputElement | null = null;

  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches(ROW)) {
      return;
    }
    const list = box.closest(".list");
    if (list && event.shiftKey && anchor?.isConnected) {
      for (const between of range(boxes(list), anchor, box)) {
        between.checked = box.checked;
      }
      update(list);
    }
    anchor = box;
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    const list = box instanceof HTMLInputElement ? box.closest(".list") : null;
    if (!list || !(box instanceof HTMLInputElement)) {
      return;
    }
    if (box.matches("[data-select-all]")) {
      for (const one of boxes(list)) {
        one.checked = box.checked;
      }
    }
    update(list);
  });

  // A list that is only shown anew keeps its ticks; one that was acted on is answered without them.
  let kept: string[] = [];
  document.addEventListener("htmx:before:swap", (event) => {
    const { sourceElement } = event.detail.ctx;
    const acted = sourceElement instanceof Element && sourceElement.matches("#list form");
    kept = acted ? [] : [...document.querySelectorAll<HTMLInputElement>(`#list ${ROW}:checked`)].map((box) => box.value);
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const box of document.querySelectorAll<HTMLInputElement>(`#list ${ROW}`)) {
      box.checked = kept.includes(box.value) || box.defaultChecked;
    }
    kept = [];
    refresh();
  });

  const refresh = () => document.querySelectorAll(".list").forEach(update);
  document.addEventListener("htmx:after:process", refresh);
  // A browser that goes back restores ticked boxes without telling anyone.
  addEventListener("pageshow", refresh);
}
