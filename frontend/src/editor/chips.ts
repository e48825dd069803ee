import { read, split, type Recipient } from "./addresses";
import { Suggestions } from "./suggest";

function word(name: string): string {
  return document.getElementById("compose-words")?.dataset[name] ?? "";
}

/**
 * Recipients as things that can be taken away, over a field of the form. The field stays the truth: what stands there is what is
 * sent, and whoever changes it changes these.
 */
class Chips {
  private readonly list = document.createElement("ul");
  private readonly entry: HTMLInputElement;
  private readonly note = document.createElement("p");
  private readonly suggestions: Suggestions;
  private recipients: Recipient[] = [];
  private mine = false;

  constructor(
    private readonly field: HTMLInputElement,
    url: string,
  ) {
    const entry = field.cloneNode() as HTMLInputElement;
    entry.removeAttribute("name");
    entry.removeAttribute("autofocus");
    entry.id = `${field.id}-entry`;
    entry.value = "";
    entry.dataset["entry"] = field.name;
    this.entry = entry;
    this.suggestions = new Suggestions(entry, url, (list) => this.add(list));
    const label = document.querySelector<HTMLLabelElement>(`label[for="${field.id}"]`);
    label?.setAttribute("for", entry.id);
    this.list.className = "chips";
    this.list.setAttribute("aria-label", label?.textContent ?? "");
    const last = document.createElement("li");
    last.className = "grow";
    last.append(entry, this.suggestions.list);
    this.list.append(last);
    const focused = document.activeElement === field || field.autofocus;
    field.hidden = true;
    field.after(this.list);
    this.note.className = "fault line-fault";
    this.note.setAttribute("role", "status");
    this.note.id = `${field.id}-note`;
    this.note.hidden = true;
    this.list.closest(".line")?.after(this.note);

    field.addEventListener("input", () => this.mine || this.load());
    entry.addEventListener("input", () => this.typing());
    entry.addEventListener("keydown", (event) => this.key(event));
    entry.addEventListener("blur", () => this.settle());
    entry.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (/[,;\n@]/.test(pasted)) {
        event.preventDefault();
        this.add(entry.value + pasted);
      }
    });
    this.list.addEventListener("click", (event) => this.click(event));
    this.list.addEventListener("dblclick", (event) => this.edit(this.indexOf(event.target as Element)));
    this.list.addEventListener("keydown", (event) => this.chipKey(event));
    this.load();
    if (focused) {
      entry.focus({ preventScroll: true });
    }
  }

  private load(): void {
    this.recipients = split(this.field.value).map(read);
    this.entry.value = "";
    this.render();
  }

  /** Takes a list in, one chip for each. */
  private add(list: string): void {
    const has = new Set(this.recipients.map((one) => one.address.toLowerCase()));
    for (const one of split(list).map(read)) {
      if (!has.has(one.address.toLowerCase())) {
        has.add(one.address.toLowerCase());
        this.recipients.push(one);
      }
    }
    this.entry.value = "";
    this.suggestions.close();
    this.render();
    this.tell();
  }

  private typing(): void {
    const text = this.entry.value;
    if (/[,;]\s*$/.test(text) && split(text).some((piece) => read(piece).good)) {
      this.add(text);
    } else {
      this.suggestions.ask(text);
      this.tell();
    }
  }

  private settle(): void {
    this.suggestions.close();
    if (this.entry.value.trim()) {
      this.add(this.entry.value);
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) {
      return;
    }
    if (this.suggestions.key(event)) {
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.settle();
    } else if ((event.key === "Backspace" || event.key === "ArrowLeft") && this.entry.selectionEnd === 0 && this.recipients.length) {
      event.preventDefault();
      this.bodies().at(-1)?.focus();
    }
  }

  private chipKey(event: KeyboardEvent): void {
    const at = this.indexOf(event.target as Element);
    if (at < 0) {
      return;
    }
    const bodies = this.bodies();
    switch (event.key) {
      case "ArrowLeft":
        bodies[Math.max(0, at - 1)]?.focus();
        break;
      case "ArrowRight":
        (bodies[at + 1] ?? this.entry).focus();
        break;
      case "Backspace":
      case "Delete":
        this.remove(at);
        break;
      case "Enter":
        this.edit(at);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  private click(event: Event): void {
    const target = event.target as Element;
    if (target.closest("[data-remove]")) {
      this.remove(this.indexOf(target));
    } else if (target === this.list) {
      this.entry.focus();
    }
  }

  private remove(at: number): void {
    this.recipients.splice(at, 1);
    this.render();
    this.tell();
    (this.bodies()[Math.min(at, this.recipients.length - 1)] ?? this.entry).focus();
  }

  private edit(at: number): void {
    const one = this.recipients[at];
    if (one) {
      this.settle();
      this.recipients.splice(at, 1);
      this.render();
      this.entry.value = one.raw;
      this.tell();
      this.entry.focus();
      this.entry.select();
    }
  }

  private indexOf(target: Element): number {
    const chip = target.closest(".chip");
    return chip ? [...this.list.children].indexOf(chip) : -1;
  }

  private bodies(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(".chip-body")];
  }

  /** Lets the field say what stands here. */
  private tell(): void {
    const all = [...this.recipients.map((one) => one.raw), this.entry.value.trim()].filter(Boolean).join(", ");
    if (all !== this.field.value) {
      this.mine = true;
      this.field.value = all;
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
      this.mine = false;
    }
  }

  private render(): void {
    this.list.querySelectorAll(".chip").forEach((chip) => chip.remove());
    this.list.prepend(...this.recipients.map((one) => this.chip(one)));
    const bad = this.recipients.filter((one) => !one.good);
    this.note.hidden = !bad.length;
    this.note.textContent = bad.length ? `${word("bad")} ${bad.map((one) => one.raw).join(", ")}` : "";
  }

  private chip(one: Recipient): HTMLElement {
    const chip = document.createElement("li");
    chip.className = one.good ? "chip" : "chip is-bad";
    const body = document.createElement("button");
    body.type = "button";
    body.className = "chip-body cut";
    body.tabIndex = -1;
    body.dir = "auto";
    body.title = one.address;
    body.textContent = one.name || one.address;
    body.setAttribute("aria-label", `${one.good ? "" : `${word("bad")} `}${one.raw}. ${word("keys")}`);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.tabIndex = -1;
    remove.className = "chip-x";
    remove.dataset["remove"] = "";
    remove.title = word("remove");
    remove.setAttribute("aria-label", `${word("remove")} ${one.name || one.address}`);
    remove.textContent = "×";
    chip.append(body, remove);
    return chip;
  }
}

/** Makes the fields for recipients of this form show them one by one. */
export function startChips(form: HTMLFormElement): void {
  for (const name of ["to", "cc", "bcc"]) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) {
      new Chips(field, form.dataset["suggestUrl"] ?? "");
    }
  }
}
