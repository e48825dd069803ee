import { expect, test } from "vitest";
import { mailboxOf, touches } from "./news";

test("a list is that of a mailbox, under any path", () => {
  expect(mailboxOf("/mailboxes/INBOX", "/")).toBe("INBOX");
  expect(mailboxOf("/mail/mailboxes/A~C3~B1o?page=2", "/mail/")).toBe("A~C3~B1o");
  expect(mailboxOf("/search?q=x", "/")).toBeNull();
  expect(mailboxOf("/mailboxes/INBOX/empty", "/")).toBeNull();
  expect(mailboxOf(undefined, "/")).toBeNull();
});

test("only news of the mailbox on the screen touch the list", () => {
  expect(touches({ name: "arrived", data: "INBOX" }, "INBOX")).toEqual({ list: true, tree: true });
  expect(touches({ name: "flags", data: "Sent" }, "INBOX")).toEqual({ list: false, tree: true });
  expect(touches({ name: "mailboxes", data: "" }, "INBOX")).toEqual({ list: false, tree: true });
  expect(touches({ name: "all", data: "" }, null)).toEqual({ list: true, tree: true });
  expect(touches({ name: "beat", data: "" }, "INBOX")).toEqual({ list: false, tree: false });
});
