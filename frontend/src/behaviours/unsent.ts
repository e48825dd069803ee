const PLACE = "palomar.unsent";
const FIELDS = ["to", "cc", "bcc", "subject", "text", "html", "format"] as const;

/** A letter as it was when it was sent; `about` says what it answers, `id` which attempt it was. */
export interface Unsent {
  from: string;
  about: string;
  id: string;
  fields: Record<string, string>;
}

function value(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : "";
}

export function written(form: HTMLFormElement): Unsent {
  return {
    from: form.dataset["from"] ?? "",
    about: `${value(form, "mode")} ${value(form, "original")}`,
    id: value(form, "id"),
    fields: Object.fromEntries(FIELDS.map((name) => [name, value(form, name)])),
  };
}

/** Puts back what was written, where this is the same letter begun anew; whether it did. */
export function restore(form: HTMLFormElement, kept: Unsent): boolean {
  const now = written(form);
  if (kept.from !== now.from || kept.about !== now.about || kept.id === now.id) {
    return false;
  }
  for (const name of FIELDS) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      field.value = kept.fields[name] ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  form.querySelector("details.copies")?.toggleAttribute("open", !!(kept.fields["cc"] || kept.fields["bcc"]));
  return true;
}

function read(): Unsent | null {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Unsent | null;
  } catch {
    return null;
  }
}

/**
 * A session may end while somebody writes; then sending leads to the sign-in page. What was written stays in this tab until
 * a page shows that it went, and comes back when the same letter is begun anew.
 */
export function startUnsent(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-leave]");
  const kept = read();
  const stopped = document.querySelector("[data-error], [data-testid='login-form']") !== null;
  const left = new URLSearchParams(location.search).get("reason") === "signedout";
  if (kept && (left || (form ? kept.id === written(form).id : !stopped))) {
    sessionStorage.removeItem(PLACE);
  } else if (kept && form) {
    restore(form, kept);
  }
  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (sent instanceof HTMLFormElement && sent.matches("form[data-leave]") && !event.defaultPrevented) {
      try {
        sessionStorage.setItem(PLACE, JSON.stringify(written(sent)));
      } catch {
        // No room, or not allowed: then it is as without scripts.
      }
    }
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element | null)?.closest("[data-discard]")) {
      sessionStorage.removeItem(PLACE);
    }
  });
}
