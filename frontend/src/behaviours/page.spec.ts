import { expect, test } from "vitest";
import { newest, pathOf } from "./page";

test("addresses are compared without host and fragment", () => {
  expect(pathOf("/mailboxes/INBOX?page=2#end")).toBe("/mailboxes/INBOX?page=2");
});

test("a conversation is known by its newest message", () => {
  expect(newest("7.30.12.5")).toBe("7.30");
  expect(newest("7.30")).toBe("7.30");
});

test("a result is known by its message, without its mailbox", () => {
  expect(newest("7.12@Lists~2FWork.1")).toBe("7.12");
});
