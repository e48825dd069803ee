/** Scrolled less than this, the list is at its top, in CSS pixels. */
const TOP = 8;

function rows(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(".row[data-ref]")];
}

function refs(list: Element): string[] {
  return rows(list).map((row) => row.dataset["ref"] ?? "");
}

/** The element that scrolls the list: itself beside others, the page where it is alone. */
export function scroller(list: Element): Element {
  return getComputedStyle(list).overflowY === "visible" ? (document.scrollingElement ?? document.documentElement) : list;
}

export function isAtTop(list: Element): boolean {
  return scroller(list).scrollTop < TOP;
}

/** How many of the rows are new and stand above the first one that the reader already had. */
export function countNew(before: readonly string[], after: readonly string[]): number {
  const had = new Set(before);
  const first = after.findIndex((ref) => had.has(ref));
  return first < 0 ? after.length : first;
}

/**
 * Lets a list change under the reader's eyes without moving what they look at, unless they are at the very top of its first page,
 * where new rows are to be seen.
 *
 * @returns rows that came above, out of sight
 */
export async function inPlace(list: HTMLElement, firstPage: boolean, change: () => Promise<void>): Promise<number> {
  const anchored = !(firstPage && isAtTop(list));
  const top = list.querySelector(".list-bar")?.getBoundingClientRect().bottom ?? 0;
  const old = rows(list);
  const seen = old.map((row) => ({ ref: row.dataset["ref"], top: row.getBoundingClientRect().top })).filter((row) => row.top >= top - 1);
  const focused = document.activeElement?.closest<HTMLElement>(".row[data-ref]");
  const place = focused ? old.indexOf(focused) : -1;
  const before = refs(list);
  const scrolled = scroller(list).scrollTop;
  await change();
  const now = new Map(rows(list).map((row) => [row.dataset["ref"], row]));
  const anchor = seen.find((row) => now.has(row.ref));
  if (anchored && anchor) {
    scroller(list).scrollTop += (now.get(anchor.ref)?.getBoundingClientRect().top ?? anchor.top) - anchor.top;
  } else {
    scroller(list).scrollTop = scrolled;
  }
  // The row that held the focus is gone: the one that closed the gap takes it.
  if (place >= 0 && document.activeElement === document.body) {
    const left = rows(list);
    left[Math.min(place, left.length - 1)]?.querySelector<HTMLElement>(".row-link")?.focus({ preventScroll: true });
  }
  return anchored && firstPage ? countNew(before, refs(list)) : 0;
}
