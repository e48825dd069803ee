import { expect, test } from "vitest";
import { flashOf, isWholePage } from "./answers";

test("a page is told from a part", () => {
  expect(isWholePage("\n<!DOCTYPE html>\n<html>")).toBe(true);
  expect(isWholePage("<section id='list'></section>")).toBe(false);
  expect(isWholePage("")).toBe(false);
});

test("an error page's own words are found", () => {
  const page = "<!doctype html><main><h1 data-error>Not here</h1><p> It was moved. </p></main>";
  expect(flashOf(page)).toBe("Not here. It was moved.");
  expect(flashOf("<!doctype html><p>Nothing</p>")).toBe("");
});
