/** What a key stands for; the value is the `data-key` of the link or button it presses. */
const ACTIONS: Readonly<Record<string, string>> = {
  e: "archive",
  "#": "delete",
  "!": "junk",
  s: "flag",
  z: "undo",
  r: "reply",
  a: "replyall",
  f: "forward",
  c: "compose",
  u: "up",
  "?": "help",
};

/** Whether a key press belongs to what is being typed, or to the browser. */
export function isTyping(event: Pick<KeyboardEvent, "ctrlKey" | "metaKey" | "altKey" | "isComposing">, target: Element | null): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
    return true;
  }
  // A dialog just closed keeps the focus until the browser has drawn the page again.
  const field = target?.closest("input, textarea, select, [contenteditable], dialog[open]");
  return !!field && !(field instanceof HTMLInputElement && field.type === "checkbox");
}

export function actionOf(key: string): string | null {
  return ACTIONS[key] ?? null;
}

/** The row to go to from the row at `current` (-1: none yet); it stops at both ends. */
export function nextIndex(current: number, step: 1 | -1, length: number): number {
  if (length === 0) {
    return -1;
  }
  return current < 0 ? (step > 0 ? 0 : length - 1) : Math.min(Math.max(current + step, 0), length - 1);
}

function isVisible(element: Element): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true;
}

function press(action: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(`[data-key="${action}"]`)];
  const list = document.getElementById("list");
  const ticked = list?.querySelector(".row input[name='ref']:checked");
  // Ticked rows come before the open message: that is what the reader looks at.
  const anywhere = action === "compose" || action === "undo";
  const inOrder = found.filter((e) => (ticked && action !== "undo" ? list?.contains(e) : anywhere || !list?.contains(e)));
  const target = inOrder.find(isVisible) ?? inOrder.find((e) => e.closest("details.menu") && isVisible(e.closest("details.menu")!));
  target?.click();
  return !!target;
}

function move(step: 1 | -1): boolean {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#list .row-link")].filter(isVisible);
  if (links.length === 0) {
    return press(step > 0 ? "older" : "newer");
  }
  const focused = links.findIndex((link) => link === document.activeElement);
  const at = focused >= 0 ? focused : links.findIndex((link) => link.getAttribute("aria-current") === "true");
  links[nextIndex(at, step, links.length)]?.focus();
  return true;
}

function tick(): boolean {
  const row = document.activeElement?.closest(".row") ?? document.querySelector("#list .row.is-open");
  const box = row?.querySelector<HTMLInputElement>("input[name='ref']");
  box?.click();
  return !!box;
}

function open(): boolean {
  const link = document.activeElement?.closest(".row")?.querySelector<HTMLElement>(".row-link");
  link?.click();
  return !!link;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("input[data-search]");
  if (!field || !isVisible(field)) {
    return false;
  }
  field.focus();
  field.select();
  return true;
}

function run(key: string): boolean {
  switch (key) {
    case "j":
      return move(1);
    case "k":
      return move(-1);
    case "x":
      return tick();
    case "o":
      return open();
    case "/":
      return focusSearch() || press("search");
    case "?":
      document.querySelector<HTMLDialogElement>("#keys")?.showModal();
      return true;
    default: {
      const action = actionOf(key);
      return action !== null && press(action);
    }
  }
}

/** One-letter keys. They only press what is on the page, so nothing can be done with a key that cannot be done without. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !isTyping(event, event.target as Element | null) && run(event.key)) {
      event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element | null)?.closest("[data-keys]")) {
      document.querySelector<HTMLDialogElement>("#keys")?.showModal();
    }
  });
}
