/** The demo's accounts fill the form, and a sent form shows that it was sent. */
export function startLogin(): void {
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

  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches("[data-busy]") && !event.defaultPrevented) {
      (event.submitter ?? form.querySelector("[type='submit']"))?.setAttribute("aria-busy", "true");
    }
  });
  // Coming back must not find a button that still turns.
  addEventListener("pageshow", () => document.querySelectorAll("[data-busy] [aria-busy]").forEach((e) => e.removeAttribute("aria-busy")));
}
