import { expect, test } from "vitest";
import { foldQuotes, lineCount } from "./fold";

function body(html: string): HTMLElement {
  const element = document.createElement("div");
  element.innerHTML = html;
  foldQuotes(element);
  return element;
}

test("lines are counted without the blank ones around", () => {
  expect(lineCount("\n a\nb \n")).toBe(2);
  expect(lineCount("  ")).toBe(0);
});

test("a long quotation is folded once, with what it quotes itself", () => {
  const element = body("<blockquote>1\n2\n3\n4<blockquote>5\n6\n7\n8</blockquote></blockquote>");
  expect(element.querySelectorAll("details")).toHaveLength(1);
  expect(element.querySelector("details > blockquote > blockquote")).not.toBeNull();
});

test("a short quotation stays open", () => {
  expect(body("<blockquote>1\n2</blockquote>").querySelector("details")).toBeNull();
});
