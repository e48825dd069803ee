/** Where a browser keeps letters that could not be saved yet. */
export const PLACE = "palomar.kept.";

const NOT_KEPT = new Set(["_csrf", "action", "attachments", "at", "revision", "turn", "origin", "editor", "remove"]);

/** The letter as it would be posted, without what is not the letter. */
export function letterOf(form: HTMLFormElement): string {
  const letter = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_KEPT.has(name)) {
      letter.append(name, value.replace(/\r\n/g, "\n"));
    }
  }
  return letter.toString();
}

/** Puts back what `letterOf` gave, where fields of that name are; whether anything is different now. */
export function putBack(form: HTMLFormElement, letter: string): boolean {
  let changed = false;
  for (const [name, value] of new URLSearchParams(letter)) {
    const field = form.elements.namedItem(name);
    const typed = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type !== "hidden");
    if (typed && field.value !== value) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      changed = true;
    }
  }
  return changed;
}
