/** Lets the browser open `mailto:` links of other pages in the editor; the browser asks the person itself. */
export function startMailto(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-mailto]");
    if (button) {
      navigator.registerProtocolHandler("mailto", `${new URL(button.dataset["mailto"] ?? "", location.href).href}?mailto=%s`);
    }
  });
}
