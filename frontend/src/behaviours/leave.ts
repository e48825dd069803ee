/** Whether anything was typed since the page came: fields are compared with what the server put into them. */
export function isChanged(form: HTMLFormElement): boolean {
  return [...form.elements].some(
    (field) =>
      (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue) ||
      (field instanceof HTMLInputElement && field.type !== "hidden" && field.type !== "file" && field.value !== field.defaultValue),
  );
}

/** Whether leaving would lose something: a letter that is saved while it is written asks only when that failed. */
export function isAtRisk(form: HTMLFormElement): boolean {
  const sending = form.querySelector(".file.is-sending") !== null;
  return form.dataset["draftUrl"] === undefined
    ? sending || isChanged(form) || form.querySelector(".file[data-new]") !== null
    : sending || form.dataset["kept"] === "no";
}

/** Asks before a letter in work is left where it would be lost. The browser chooses the words. */
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
    if (!leaving && form && isAtRisk(form)) {
      event.preventDefault();
    }
  });
}
