import { expect, test } from "vitest";
import { pathOf, standsFor } from "./page";

test("addresses are compared without host and fragment", () => {
  expect(pathOf("/mailboxes/INBOX?page=2#end")).toBe("/mailboxes/INBOX?page=2");
});

test("a row stands for a message, for the newest of a conversation, or for a result of one mailbox", () => {
  const place = { ref: "7.30", mailbox: "Lists~2FWork.1" };
  expect(standsFor("7.30", place)).toBe(true);
  expect(standsFor("7.30.12.5", place)).toBe(true);
  expect(standsFor("7.30@Lists~2FWork.1", place)).toBe(true);
  expect(standsFor("7.30@INBOX", place)).toBe(false);
  expect(standsFor("7.3", place)).toBe(false);
  expect(standsFor("7.30", null)).toBe(false);
  expect(standsFor(undefined, place)).toBe(false);
});
