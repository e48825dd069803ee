import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { actionOf, isTyping, nextIndex, startKeys } from "./keys";

const plain = { ctrlKey: false, metaKey: false, altKey: false, isComposing: false };

test("keys typed into a field are text", () => {
  document.body.innerHTML = `<textarea></textarea><input type="checkbox"><p></p>`;
  expect(isTyping(plain, document.querySelector("textarea"))).toBe(true);
  expect(isTyping(plain, document.querySelector("input"))).toBe(false);
  expect(isTyping(plain, document.querySelector("p"))).toBe(false);
  expect(isTyping({ ...plain, ctrlKey: true }, document.querySelector("p"))).toBe(true);
});

test("an open dialog has the keys to itself, a closed one gives them back though the focus is still in it", () => {
  document.body.innerHTML = `<dialog open><button></button></dialog>`;
  expect(isTyping(plain, document.querySelector("button"))).toBe(true);
  document.querySelector("dialog")!.removeAttribute("open");
  expect(isTyping(plain, document.querySelector("button"))).toBe(false);
});

test("rows are walked without running off either end", () => {
  expect(nextIndex(-1, 1, 3)).toBe(0);
  expect(nextIndex(-1, -1, 3)).toBe(2);
  expect(nextIndex(2, 1, 3)).toBe(2);
  expect(nextIndex(0, -1, 3)).toBe(0);
  expect(nextIndex(0, 1, 0)).toBe(-1);
});

test("only known keys act", () => {
  expect(actionOf("e")).toBe("archive");
  expect(actionOf("z")).toBe("undo");
  expect(actionOf("y")).toBeNull();
});

beforeAll(() => startKeys());

beforeEach(() => {
  document.body.innerHTML = `<section id="list"><div class="row"><input type="checkbox" name="ref" value="1"><a class="row-link" href="#1">1</a></div>
    <button data-key="archive" id="of-list"></button></section><main><button data-key="archive" id="of-message"></button></main>`;
});

test("a key presses the open message's button, or the list's once a row is ticked", () => {
  const pressed = vi.fn();
  document.addEventListener("click", (event) => pressed((event.target as Element).id));
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", bubbles: true }));
  document.querySelector<HTMLInputElement>("input")!.checked = true;
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", bubbles: true }));
  expect(pressed.mock.calls.flat()).toEqual(["of-message", "of-list"]);
});
