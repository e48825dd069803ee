/** A button with `data-copy` puts that text on the clipboard, and says so with its icon. */
export function startCopy(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-copy]");
    const text = button?.dataset["copy"];
    if (button && text) {
      void navigator.clipboard.writeText(text).then(() => {
        const use = button.querySelector("use");
        use?.setAttribute("href", (use.getAttribute("href") ?? "").replace(/#.*$/, "#i-check"));
        button.classList.add("is-done");
      });
    }
  });
}
