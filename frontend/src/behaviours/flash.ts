import { word } from "./page";

/** How long a notice stays, in milliseconds. */
const STAY = 10_000;

/** Shows a sentence of our own where the server's notices stand. */
export function say(text: string): void {
  const place = document.getElementById("flash");
  if (!place) {
    return;
  }
  const toast = document.createElement("div");
  toast.className = "toast toast-danger";
  toast.dataset["testid"] = "flash";
  toast.dataset["flash"] = "";
  const words = document.createElement("span");
  words.className = "grow";
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn";
  close.dataset["close"] = "";
  close.textContent = word("close");
  toast.append(words, close);
  place.replaceChildren(toast);
}

/** Notices can be closed, and go by themselves unless they are pointed at or held the focus. */
export function startFlash(): void {
  document.addEventListener("click", (event) => {
    (event.target as Element | null)?.closest("[data-close]")?.closest("[data-flash]")?.remove();
  });

  const place = document.getElementById("flash");
  if (!place) {
    return;
  }
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    // What can be taken back for some seconds is offered as long, and no longer.
    const stay = 1_000 * Number(place.querySelector<HTMLElement>("[data-stay]")?.dataset["stay"]) || STAY;
    timer = window.setTimeout(() => (place.matches(":hover, :focus-within") ? later() : place.replaceChildren()), stay);
  };
  new MutationObserver(() => place.firstElementChild && later()).observe(place, { childList: true });
  later();
}
