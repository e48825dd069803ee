/** Whether an answer is a page of its own and not a part to be put into this one. */
export function isWholePage(text: string): boolean {
  return /^\s*<!doctype html/i.test(text);
}

/** The sentence by which an error page says what went wrong. */
export function flashOf(text: string): string {
  const page = new DOMParser().parseFromString(text, "text/html");
  const heading = page.querySelector("[data-error]");
  const words = heading?.nextElementSibling?.textContent?.trim();
  return [heading?.textContent?.trim(), words].filter(Boolean).join(". ");
}
