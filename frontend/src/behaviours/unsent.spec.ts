import { beforeEach, expect, test } from "vitest";
import { restore, written } from "./unsent";

function letter(id: string, original: string, text: string): HTMLFormElement {
  document.body.innerHTML = `<form data-leave data-from="alice@palomar.example">
    <input type="hidden" name="mode" value="reply"><input type="hidden" name="original" value="${original}">
    <input type="hidden" name="id" value="${id}"><input name="to" value="bob@palomar.example">
    <details class="copies"><input name="cc"><input name="bcc"></details><input name="subject" value="Re: Straw">
    <textarea name="text">${text}</textarea></form>`;
  return document.querySelector("form")!;
}

beforeEach(() => document.body.replaceChildren());

test("the same letter begun anew gets its words back", () => {
  const first = letter("1", "INBOX/1.2", "> straw");
  first.querySelector("textarea")!.value = "Barley.\n> straw";
  first.querySelector<HTMLInputElement>("[name=cc]")!.value = "carol@palomar.example";
  const kept = written(first);
  const again = letter("2", "INBOX/1.2", "> straw");
  expect(restore(again, kept)).toBe(true);
  expect(written(again).fields).toEqual(kept.fields);
  expect(again.querySelector("details")!.open).toBe(true);
});

test("another letter, another person and the same attempt keep theirs", () => {
  const kept = written(letter("1", "INBOX/1.2", "mine"));
  expect(restore(letter("2", "INBOX/1.3", "other"), kept)).toBe(false);
  expect(restore(letter("1", "INBOX/1.2", "from the server"), kept)).toBe(false);
  const others = letter("3", "INBOX/1.2", "hers");
  others.dataset["from"] = "carol@palomar.example";
  expect(restore(others, kept)).toBe(false);
  expect(written(others).fields["text"]).toBe("hers");
});
