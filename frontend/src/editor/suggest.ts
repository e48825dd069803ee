import { isAddress, typed } from "./addresses";

/** Somebody to write to; a group's address is the list of its members. */
export interface Suggestion {
  name: string;
  address: string;
  group: boolean;
}

/** How long a pause in typing is, in milliseconds. */
const PAUSE = 120;

/** The list below a field (a combobox, WAI-ARIA practices). */
export class Suggestions {
  private timer = 0;
  private asked: AbortController | null = null;
  private found: Suggestion[] = [];
  private at = -1;
  private off = false;
  readonly list = document.createElement("ul");

  constructor(
    private readonly entry: HTMLInputElement,
    private readonly url: string,
    private readonly picked: (list: string) => void,
  ) {
    this.list.className = "suggestions";
    this.list.id = `${entry.id}-list`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    entry.setAttribute("role", "combobox");
    entry.setAttribute("aria-autocomplete", "list");
    entry.setAttribute("aria-controls", this.list.id);
    entry.setAttribute("aria-expanded", "false");
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("[role='option']");
      this.pick([...this.list.children].indexOf(option as Element));
    });
  }

  ask(words: string): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.off || words.trim().length < 1) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => void this.fetch(words.trim()), PAUSE);
  }

  close(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.show([]);
  }

  /** Whether the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (this.list.hidden) {
      return false;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark((this.at + step + this.found.length) % this.found.length);
      return true;
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return true;
    }
    return (event.key === "Enter" || event.key === "Tab") && this.pick(this.at);
  }

  private async fetch(words: string): Promise<void> {
    const asked = new AbortController();
    this.asked = asked;
    try {
      const answer = await fetch(`${this.url}?q=${encodeURIComponent(words)}`, {
        signal: asked.signal,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) {
        // Nobody keeps addresses here.
        this.off = answer.status === 404;
        return;
      }
      const found = (await answer.json()) as Suggestion[];
      if (!asked.signal.aborted) {
        this.show(found.slice(0, 8));
      }
    } catch {
      // Asked anew meanwhile, or nobody answers: one can type the address.
    }
  }

  private show(found: Suggestion[]): void {
    this.found = found;
    this.list.replaceChildren(...found.map((one, i) => this.option(one, i)));
    this.list.hidden = !found.length;
    this.entry.setAttribute("aria-expanded", String(found.length > 0));
    // Whoever typed a whole address means it, unless they choose.
    this.mark(found.length && !isAddress(this.entry.value.trim()) ? 0 : -1);
  }

  private option(one: Suggestion, i: number): HTMLElement {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${i}`;
    option.setAttribute("role", "option");
    const name = document.createElement("span");
    name.className = "cut";
    name.dir = "auto";
    name.textContent = one.name || one.address;
    option.append(name);
    if (one.name && one.name !== one.address) {
      const address = document.createElement("bdi");
      address.className = "hush cut";
      address.dir = "ltr";
      address.textContent = one.address;
      option.append(address);
    }
    return option;
  }

  private mark(at: number): void {
    this.at = at;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = this.list.children[at];
    if (option) {
      this.entry.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.entry.removeAttribute("aria-activedescendant");
    }
  }

  private pick(at: number): boolean {
    const one = this.found[at];
    if (!one) {
      return false;
    }
    this.close();
    this.picked(one.group ? one.address : typed(one.name, one.address));
    return true;
  }
}
