import Squire from "squire-rte";
import { clean } from "./clean";
import { isPicture, Pictures, picturesOf } from "./pictures";
import { toNodes, toText } from "./text";
import { startTools } from "./tools";

/** How long after a key the fields of the form may be behind, in milliseconds. */
const BEHIND = 150;

function htmlOf(nodes: DocumentFragment): string {
  const box = document.createElement("div");
  box.append(nodes);
  return box.innerHTML;
}

/**
 * The editor over the form's text area. The fields stay the truth: `html` and `text` follow what is written, and switching to
 * plain text and back loses nothing.
 */
export class Rich {
  readonly squire: Squire;
  private ours = false;
  private mine = false;
  private timer = 0;
  private before: { text: string; html: string } | null = null;
  private readonly pictures: Pictures;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly box: HTMLElement,
    readonly root: HTMLElement,
    private readonly text: HTMLTextAreaElement,
    private readonly html: HTMLTextAreaElement,
    private readonly format: HTMLInputElement,
  ) {
    this.squire = new Squire(root, {
      blockTag: "DIV",
      sanitizeToDOMFragment: (markup: string) => clean(markup, this.ours),
      didError: (error: unknown) => console.warn(error),
    });
    this.pictures = new Pictures(form, form.querySelector(".files") ?? document.createElement("ul"), root);
    this.squire.addEventListener("input", () => this.changed());
    form.addEventListener("submit", () => this.follow(), true);
    addEventListener("pagehide", () => this.follow());
    root.addEventListener("paste", (event) => this.pasted(event), true);
    root.addEventListener("drop", (event) => this.dropped(event), true);
    // Other scripts put back what was written: HTML where there was some, else the text.
    html.addEventListener("input", () => this.isRich && this.load(html.value));
    text.addEventListener("input", () => this.texted());
    startTools(form, this);
  }

  get isRich(): boolean {
    return !this.box.hidden;
  }

  /** Shows the editor with what is in the fields. */
  open(focus: boolean): void {
    const unchanged = this.before !== null && this.before.text === this.text.value;
    this.load(unchanged ? this.before!.html : this.before === null ? this.html.value : "");
    this.show(true);
    if (this.before !== null) {
      this.follow();
    }
    if (this.form.dataset["below"] !== undefined && this.before === null) {
      this.squire.moveCursorToEnd();
    } else {
      this.squire.moveCursorToStart();
    }
    if (focus) {
      this.squire.focus();
    } else {
      this.root.blur();
    }
  }

  /** Plain text from here on; what was formatted comes back when the text stays as it is. */
  plain(): void {
    this.follow();
    this.text.value = toText(this.root);
    this.before = { text: this.text.value, html: this.squire.getHTML() };
    this.show(false);
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.text.focus();
    this.text.setSelectionRange(0, 0);
  }

  /** Puts clean markup of our own server where the cursor is. */
  insert(markup: string): void {
    this.ours = true;
    this.squire.insertHTML(markup);
    this.ours = false;
    this.changed();
  }

  addPictures(files: File[]): void {
    for (const file of files) {
      this.pictures.add(file, (source) => {
        this.squire.insertImage(source, { alt: file.name });
        this.follow();
      });
    }
  }

  changed(): void {
    this.blank();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.follow(), BEHIND);
  }

  private blank(): void {
    this.box.classList.toggle("is-blank", !this.root.textContent && !this.root.querySelector("img, li, blockquote"));
  }

  /** Lets the fields say what the editor shows. */
  private follow(): void {
    clearTimeout(this.timer);
    if (!this.isRich) {
      return;
    }
    this.pictures.tidy(true);
    const html = this.squire.getHTML();
    if (html !== this.html.value) {
      this.html.value = html;
      this.text.value = toText(this.root);
      this.mine = true;
      this.text.dispatchEvent(new Event("input", { bubbles: true }));
      this.mine = false;
    }
  }

  private texted(): void {
    if (!this.isRich) {
      this.pictures.tidy(false);
    } else if (!this.mine && this.text.value !== toText(this.root)) {
      this.load("");
      this.html.value = this.squire.getHTML();
    }
  }

  private load(html: string): void {
    this.ours = true;
    this.squire.setHTML(html || htmlOf(toNodes(this.text.value)));
    this.ours = false;
  }

  private show(rich: boolean): void {
    this.box.hidden = !rich;
    this.blank();
    this.text.hidden = rich;
    this.html.disabled = !rich;
    this.format.value = rich ? "rich" : "plain";
    this.form.classList.toggle("is-rich", rich);
    this.pictures.tidy(rich);
    this.form.dispatchEvent(new CustomEvent("palomar:format", { detail: rich }));
  }

  private pasted(event: ClipboardEvent): void {
    if (isPicture(event.clipboardData)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.addPictures(picturesOf(event.clipboardData?.files));
    } else if (event.clipboardData?.getData("text/html")) {
      // Text from Word brings a picture of itself, which nobody wants to attach.
      this.form.dataset["pasting"] = "";
      setTimeout(() => delete this.form.dataset["pasting"]);
    }
  }

  private dropped(event: DragEvent): void {
    const files = picturesOf(event.dataTransfer?.files);
    if (files.length && files.length === event.dataTransfer?.files.length) {
      event.preventDefault();
      event.stopPropagation();
      this.form.classList.remove("is-dropping");
      const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
      if (caret && this.root.contains(caret.offsetNode)) {
        const range = document.createRange();
        range.setStart(caret.offsetNode, caret.offset);
        this.squire.setSelection(range);
      }
      this.addPictures(files);
    }
  }
}

/** Puts the editor over the text area; without it the text area is what one writes in. */
export function startRich(form: HTMLFormElement): Rich | null {
  const box = form.querySelector<HTMLElement>("[data-rich]");
  const root = box?.firstElementChild;
  const text = form.elements.namedItem("text");
  const html = form.elements.namedItem("html");
  const format = form.elements.namedItem("format");
  if (
    !box ||
    !(root instanceof HTMLElement) ||
    !(text instanceof HTMLTextAreaElement) ||
    !(html instanceof HTMLTextAreaElement) ||
    !(format instanceof HTMLInputElement)
  ) {
    return null;
  }
  form.dispatchEvent(new CustomEvent("palomar:opening"));
  const rich = new Rich(form, box, root, text, html, format);
  if ((format.value || form.dataset["format"]) !== "plain") {
    rich.open(document.activeElement === text || text.autofocus);
  } else {
    form.dispatchEvent(new CustomEvent("palomar:format", { detail: false }));
  }
  form.dispatchEvent(new CustomEvent("palomar:opened"));
  return rich;
}
