/** The form a button sends, and the question to ask before it. */
export function questionOf(button: HTMLElement | null): string | null {
  return button?.dataset["confirm"] ?? button?.closest("form")?.dataset["confirm"] ?? null;
}

function ask(text: string, word: string | undefined): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>("#confirm");
  const yes = dialog?.querySelector<HTMLElement>("[data-yes]");
  if (!dialog || !yes) {
    return Promise.resolve(true);
  }
  dialog.querySelector("[data-text]")!.textContent = text;
  yes.textContent = word ?? yes.dataset["word"] ?? "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

/**
 * A submit button (or its form) with `data-confirm` asks first. The answer goes to the server as `confirmed=true`; without
 * scripts the field is missing and the server asks on a page of its own.
 */
export function startDialogs(): void {
  document.addEventListener(
    "click",
    (event) => {
      const button = (event.target as Element | null)?.closest<HTMLButtonElement>("button[type='submit'], button:not([type])");
      const form = button?.form;
      const question = questionOf(button ?? null);
      if (!button || !form || question === null || form.method === "dialog" || form.elements.namedItem("confirmed")) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      void ask(question, button.dataset["confirmWord"]).then((yes) => {
        if (!yes) {
          return;
        }
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "confirmed";
        field.value = "true";
        form.append(field);
        form.requestSubmit(button);
        // Sent by then: the browser and htmx both read the fields while the event is handled.
        setTimeout(() => field.remove());
      });
    },
    true,
  );
}
