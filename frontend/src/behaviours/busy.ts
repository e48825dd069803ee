/** How long a form that is not answered stays sent, in milliseconds: who stopped the browser may try again. */
const LONGEST = 60_000;

/** A sent form shows that it was sent, and is sent once, however often Enter is pressed. */
export function startBusy(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-busy]") || event.defaultPrevented) {
      return;
    }
    if (form.querySelector("[aria-busy='true']")) {
      event.preventDefault();
      return;
    }
    const button = event.submitter ?? form.querySelector("[type='submit']");
    button?.setAttribute("aria-busy", "true");
    setTimeout(() => button?.removeAttribute("aria-busy"), LONGEST);
  });
  // Coming back must not find a button that still turns.
  addEventListener("pageshow", () => document.querySelectorAll("[data-busy] [aria-busy]").forEach((e) => e.removeAttribute("aria-busy")));
}
