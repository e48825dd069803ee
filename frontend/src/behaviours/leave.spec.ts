import { expect, test } from "vitest";
import { isChanged } from "./leave";

test("a form is changed once a field differs from what the server sent", () => {
  document.body.innerHTML = `<form><input name="to" value="a@b.example"><textarea name="text">Hello</textarea><input type="hidden" name="id" value="1"></form>`;
  const form = document.querySelector("form")!;
  expect(isChanged(form)).toBe(false);
  form.querySelector("textarea")!.value = "Hello, Carol";
  expect(isChanged(form)).toBe(true);
});
