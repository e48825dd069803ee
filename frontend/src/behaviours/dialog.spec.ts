import { expect, test } from "vitest";
import { questionOf } from "./dialog";

test("a button's own question comes before its form's", () => {
  document.body.innerHTML = `<form data-confirm="form?"><button id="a" data-confirm="button?"></button><button id="b"></button></form><button id="c"></button>`;
  expect(questionOf(document.getElementById("a"))).toBe("button?");
  expect(questionOf(document.getElementById("b"))).toBe("form?");
  expect(questionOf(document.getElementById("c"))).toBeNull();
  expect(questionOf(null)).toBeNull();
});
