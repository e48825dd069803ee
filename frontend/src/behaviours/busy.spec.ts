import { expect, test } from "vitest";
import { startBusy } from "./busy";

startBusy();

test("a form is sent once", () => {
  document.body.innerHTML = `<form data-busy><button type="submit">Send</button></form>`;
  const form = document.querySelector("form")!;
  const submit = () => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  expect(submit()).toBe(true);
  expect(form.querySelector("button")!.getAttribute("aria-busy")).toBe("true");
  expect(submit()).toBe(false);
});
