import { whenShown, word } from "./page";

/** Quotations shorter than this many lines stay open: folding them saves nothing. */
export const SHORTEST = 4;

export function lineCount(text: string): number {
  const trimmed = text.trim();
  return trimmed === "" ? 0 : trimmed.split("\n").length;
}

/** Puts long quotations of a plain text behind a button; without scripts they are simply there. */
export function foldQuotes(body: Element): void {
  for (const quote of body.querySelectorAll("blockquote")) {
    const lines = Math.max(lineCount(quote.textContent ?? ""), quote.querySelectorAll("br, p, div").length);
    if (lines < SHORTEST || quote.closest("details")) {
      continue;
    }
    const details = document.createElement("details");
    details.className = "fold";
    const summary = document.createElement("summary");
    summary.textContent = "···";
    summary.title = word("fold");
    summary.setAttribute("aria-label", word("fold"));
    quote.before(details);
    details.append(summary, quote);
  }
}

export function startFold(): void {
  whenShown<HTMLElement>(".text-body", foldQuotes);
}
