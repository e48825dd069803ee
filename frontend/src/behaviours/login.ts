import { PLACE } from "./letter";

/** The demo's accounts fill the form; who signed out leaves no letter in the browser. */
export function startLogin(): void {
  if (new URLSearchParams(location.search).get("reason") === "signedout") {
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith(PLACE))
      .forEach((key) => sessionStorage.removeItem(key));
  }
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-fill]");
    const form = document.querySelector<HTMLFormElement>("form[data-testid='login-form']");
    if (!button || !form) {
      return;
    }
    for (const name of ["username", "password"] as const) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) {
        field.value = button.dataset[name] ?? "";
        field.removeAttribute("aria-invalid");
      }
    }
    form.querySelector<HTMLElement>("[type='submit']")?.focus();
  });
}
