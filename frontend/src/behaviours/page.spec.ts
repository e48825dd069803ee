import { expect, test } from "vitest";
import { pathOf } from "./page";

test("addresses are compared without host and fragment", () => {
  expect(pathOf("/mailboxes/INBOX?page=2#end")).toBe("/mailboxes/INBOX?page=2");
});
