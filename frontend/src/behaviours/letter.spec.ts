import { expect, test } from "vitest";
import { letterOf, putBack } from "./letter";

function form(): HTMLFormElement {
  document.body.innerHTML = `<form>
    <input type="hidden" name="_csrf" value="t"><input type="hidden" name="revision" value="3"><input type="hidden" name="id" value="i">
    <input name="to" value="bob@palomar.example"><textarea name="text">one\ntwo</textarea>
    <input type="hidden" name="file" value="f1"><input type="hidden" name="file" value="f2"></form>`;
  return document.querySelector("form")!;
}

test("the letter is what was written, not what is known of it", () => {
  expect(letterOf(form())).toBe("id=i&to=bob%40palomar.example&text=one%0Atwo&file=f1&file=f2");
});

test("what was written is put back, and nothing else", () => {
  const target = form();
  expect(putBack(target, "id=other&to=carol%40palomar.example&text=one%0Atwo&gone=x")).toBe(true);
  expect(letterOf(target)).toBe("id=i&to=carol%40palomar.example&text=one%0Atwo&file=f1&file=f2");
  expect(putBack(target, letterOf(target))).toBe(false);
});
