import { expect, test } from "vitest";
import { titleOf } from "./counts";

test("the title names the open message before the mailbox", () => {
  expect(titleOf("Lunch", "Inbox", 3)).toBe("Lunch · Palomar");
  expect(titleOf(undefined, "Inbox", 3)).toBe("(3) Inbox · Palomar");
  expect(titleOf(undefined, "Inbox", 0)).toBe("Inbox · Palomar");
});

test("a page without either keeps its own title", () => {
  expect(titleOf(undefined, undefined, 3)).toBeNull();
});
