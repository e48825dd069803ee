import { csrfHeaders } from "../behaviours/page";
import { read, split } from "./addresses";

/** How long a pause in typing is, in milliseconds. */
const PAUSE = 400;

const FIELDS = ["to", "cc", "bcc"];

/** Says below the recipients what deserves a second look about them. */
export function startHints(form: HTMLFormElement): void {
  const url = form.dataset["hintsUrl"];
  const fields = FIELDS.map((name) => form.elements.namedItem(name)).filter((field) => field instanceof HTMLInputElement);
  let asked: AbortController | null = null;
  let known = "";
  let timer = 0;

  const ask = async () => {
    const all = fields.map((field) => split(field.value).map(read).filter((one) => one.good));
    const now = JSON.stringify(all.flat().map((one) => one.raw));
    if (!url || now === known) {
      return;
    }
    known = now;
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams(all.map((list, i) => [FIELDS[i] ?? "", list.map((one) => one.raw).join(", ")]));
    try {
      const answer = await fetch(url, { method: "POST", body, headers: csrfHeaders(), signal: asked.signal });
      const hints = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".to-hints");
      if (answer.ok && hints) {
        form.querySelector(".to-hints")?.replaceWith(document.importNode(hints, true));
      }
    } catch {
      // Asked anew meanwhile, or nobody answers: advice is nothing one has to wait for.
    }
  };
  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), PAUSE);
    });
  }
  void ask();
}
