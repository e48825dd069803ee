/** Whether anything was typed since the page came: fields are compared with what the server put into them. */
export function isChanged(form: HTMLFormElement): boolean {
  return [...form.elements].some(
    (field) =>
      (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue) ||
      (field instanceof HTMLInputElement && field.type !== "hidden" && field.type !== "file" && field.value !== field.defaultValue),
  );
}

/** Asks before a letter in work is left. The browser chooses the words. */
export function startLeave(): void {
  let leaving = false;
  document.addEventListener("submit", (event) => {
    if ((event.target as Element | null)?.matches("form[data-leave]") && !event.defaultPrevented) {
      leaving = true;
    }
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element | null)?.closest("[data-discard]")) {
      leaving = true;
    }
  });
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    const form = document.querySelector<HTMLFormElement>("form[data-leave]");
    if (!leaving && form && (isChanged(form) || form.querySelector(".file[data-new], .file.is-sending"))) {
      event.preventDefault();
    }
  });
}
