import { csrfHeaders } from "../behaviours/page";
import type { Rich } from "./rich";

/** Puts templates where the cursor is; without an answer the button does what it does without scripts. */
export function startCanned(form: HTMLFormElement, rich: Rich | null): void {
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-template]") : null;
    if (button?.dataset["template"]) {
      event.preventDefault();
      void put(form, rich, button, button.dataset["template"]);
    }
  });
}

async function put(form: HTMLFormElement, rich: Rich | null, button: HTMLButtonElement, url: string): Promise<void> {
  const body = new URLSearchParams();
  for (const name of ["to", "cc", "subject", "from"]) {
    body.set(name, String(new FormData(form).get(name) ?? ""));
  }
  try {
    const answer = await fetch(url, { method: "POST", body, headers: csrfHeaders() });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const filled = page.querySelector<HTMLElement>(".filled");
    const [html, text] = filled?.querySelectorAll("textarea") ?? [];
    if (!answer.ok || !filled || !html || !text) {
      throw new Error("no template");
    }
    button.closest("details")?.removeAttribute("open");
    const subject = form.elements.namedItem("subject");
    if (subject instanceof HTMLInputElement && !subject.value.trim() && filled.dataset["subject"]) {
      subject.value = filled.dataset["subject"];
      subject.dispatchEvent(new Event("input", { bubbles: true }));
    }
    insert(form, rich, html.value, text.value);
  } catch {
    form.requestSubmit(button);
  }
}

function insert(form: HTMLFormElement, rich: Rich | null, html: string, text: string): void {
  const area = form.elements.namedItem("text");
  if (rich?.isRich) {
    rich.squire.focus();
    rich.insert(html);
  } else if (area instanceof HTMLTextAreaElement) {
    area.focus();
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
