/** The demo's accounts fill the form. */
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
}
