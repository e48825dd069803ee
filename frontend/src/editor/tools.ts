import type { Rich } from "./rich";

/** What a button does, and what to look for to see whether it is on. */
const TOOLS: Record<string, { on?: RegExp; add: (rich: Rich) => void; remove?: (rich: Rich) => void }> = {
  bold: { on: /(?:^|>)B(?:>|$|\.|\[)/, add: (r) => r.squire.bold(), remove: (r) => r.squire.removeBold() },
  italic: { on: /(?:^|>)I(?:>|$|\.|\[)/, add: (r) => r.squire.italic(), remove: (r) => r.squire.removeItalic() },
  underline: { on: /(?:^|>)U(?:>|$|\.|\[)/, add: (r) => r.squire.underline(), remove: (r) => r.squire.removeUnderline() },
  strike: { on: /(?:^|>)S(?:>|$|\.|\[)/, add: (r) => r.squire.strikethrough(), remove: (r) => r.squire.removeStrikethrough() },
  bullets: { on: />?UL(?:>|$|\.|\[)/, add: (r) => r.squire.makeUnorderedList(), remove: (r) => r.squire.removeList() },
  numbers: { on: />?OL(?:>|$|\.|\[)/, add: (r) => r.squire.makeOrderedList(), remove: (r) => r.squire.removeList() },
  quote: { add: (r) => r.squire.increaseQuoteLevel() },
  unquote: { add: (r) => r.squire.decreaseQuoteLevel() },
  code: { on: /(?:^|>)(?:CODE|PRE)(?:>|$|\.|\[)/, add: (r) => r.squire.code(), remove: (r) => r.squire.removeCode() },
  clear: { add: (r) => r.squire.removeAllFormatting() },
  undo: { add: (r) => r.squire.undo() },
  redo: { add: (r) => r.squire.redo() },
};

/** What somebody typed as the target of a link, as one. */
export function linkOf(typed: string): string {
  const target = typed.trim();
  if (!target || /^(?:https?:\/\/|mailto:|tel:)/i.test(target)) {
    return target;
  }
  return /^[^\s/@]+@[^\s/@]+\.[^\s/@]+$/.test(target) ? `mailto:${target}` : `https://${target}`;
}

function startLink(rich: Rich): () => void {
  const dialog = document.querySelector<HTMLDialogElement>("#link-dialog");
  const input = dialog?.querySelector("input");
  if (!dialog || !input) {
    return () => {};
  }
  let range: Range | null = null;
  dialog.querySelector("[data-close-dialog]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (range) {
      rich.squire.focus();
      rich.squire.setSelection(range);
      const url = linkOf(input.value);
      if (dialog.returnValue === "yes" && url) {
        rich.squire.makeLink(url);
      } else if (dialog.returnValue === "yes") {
        rich.squire.removeLink();
      }
    }
  });
  return () => {
    range = rich.squire.getSelection();
    const at = range.startContainer;
    const link = (at instanceof Element ? at : at.parentElement)?.closest("a");
    input.value = link?.getAttribute("href") ?? "";
    dialog.returnValue = "";
    dialog.showModal();
    input.select();
  };
}

/** Arrow keys go through a toolbar; the tab key goes past it. */
function startArrows(bar: HTMLElement): void {
  const stops = () => [...bar.querySelectorAll<HTMLElement>("[data-tool], [data-switch], summary")].filter((stop) => stop.offsetParent);
  const settle = (current: HTMLElement | undefined) => stops().forEach((stop) => (stop.tabIndex = stop === current ? 0 : -1));
  bar.addEventListener("focusin", (event) => settle((event.target as HTMLElement).closest<HTMLElement>("[data-tool], [data-switch], summary") ?? undefined));
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined && at >= 0) {
      event.preventDefault();
      const turn = document.documentElement.dir === "rtl" ? -step : step;
      all[(at + turn + all.length) % all.length]?.focus();
    }
  });
  settle(stops()[0]);
}

/** What was switched off just before stays off on the next line. */
function startEnter(rich: Rich): void {
  rich.squire.setKeyHandler("Enter", (squire: Rich["squire"], event: KeyboardEvent, range: Range) => {
    event.preventDefault();
    const formats = ["B", "I", "U", "S"];
    const on = formats.filter((tag) => squire.hasFormat(tag, null, range));
    squire.splitBlock(event.shiftKey, range);
    for (const tag of formats) {
      if (!on.includes(tag) && squire.hasFormat(tag)) {
        squire.changeFormat(null, { tag });
      }
    }
  });
}

/** The buttons above the text. */
export function startTools(form: HTMLFormElement, rich: Rich): void {
  const bar = form.querySelector<HTMLElement>("[data-tools]");
  if (!bar) {
    return;
  }
  const link = startLink(rich);
  startEnter(rich);
  const button = (name: string) => bar.querySelector<HTMLElement>(`[data-tool="${name}"]`);
  const look = (path: string) => {
    for (const [name, tool] of Object.entries(TOOLS)) {
      if (tool.on) {
        button(name)?.setAttribute("aria-pressed", String(tool.on.test(path)));
      }
    }
    button("link")?.setAttribute("aria-pressed", String(/>?A(?:>|$|\.|\[)/.test(path)));
  };
  // The words stay chosen while a button is pressed.
  bar.addEventListener("mousedown", (event) => {
    if (!(event.target as Element).closest("summary")) {
      event.preventDefault();
    }
  });
  bar.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-tool], [data-colour], [data-switch]");
    const name = pressed?.dataset["tool"] ?? "";
    const tool = TOOLS[name];
    if (pressed?.dataset["switch"] !== undefined) {
      if (rich.isRich) {
        rich.plain();
      } else {
        rich.open(true);
      }
    } else if (pressed?.dataset["colour"] !== undefined) {
      rich.squire.setTextColor(pressed.dataset["colour"] || null);
      rich.squire.focus();
    } else if (name === "link") {
      link();
    } else if (name === "picture") {
      bar.querySelector<HTMLInputElement>("[data-picture]")?.click();
    } else if (tool) {
      const on = pressed?.getAttribute("aria-pressed") === "true";
      (on && tool.remove ? tool.remove : tool.add)(rich);
      rich.squire.focus();
    }
  });
  const input = bar.querySelector<HTMLInputElement>("[data-picture]");
  input?.addEventListener("change", () => {
    rich.addPictures([...(input.files ?? [])]);
    input.value = "";
  });
  rich.squire.addEventListener("pathChange", (event: Event) => look((event as CustomEvent<{ path: string }>).detail.path));
  rich.squire.setKeyHandler("Control-k", (_: unknown, event: KeyboardEvent) => {
    event.preventDefault();
    link();
  });
  rich.squire.setKeyHandler("Meta-k", (_: unknown, event: KeyboardEvent) => {
    event.preventDefault();
    link();
  });
  form.addEventListener("palomar:format", (event) => {
    const on = (event as CustomEvent<boolean>).detail;
    bar.classList.toggle("is-plain", !on);
    bar.querySelector("[data-switch]")?.setAttribute("aria-pressed", String(!on));
  });
  if (!form.dataset["uploadUrl"]) {
    button("picture")?.remove();
  }
  bar.hidden = false;
  startArrows(bar);
}
