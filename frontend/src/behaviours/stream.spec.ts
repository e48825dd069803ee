import { expect, test } from "vitest";
import { parseEvents, pauseAfter } from "./stream";

test("events are read as they come, in pieces of any size", () => {
  const all = "event:hello\ndata:20000\n\nevent:arrived\ndata:INBOX\n\nevent:beat\ndata:\n\n";
  const heard: string[] = [];
  let text = "";
  for (const letter of all) {
    const { news, rest } = parseEvents(text + letter);
    text = rest;
    heard.push(...news.map((each) => `${each.name} ${each.data}`));
  }
  expect(heard).toEqual(["hello 20000", "arrived INBOX", "beat "]);
  expect(text).toBe("");
});

test("comments and what has no name are passed over", () => {
  expect(parseEvents(": still here\n\ndata: x\r\n\r\nevent: flags\r\ndata: Sent\r\n\r\neve").news).toEqual([{ name: "flags", data: "Sent" }]);
});

test("attempts become rarer, and rarest where streams are held back", () => {
  expect([1, 2, 3, 7, 20].map((n) => pauseAfter(n, "failed", 1))).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
  expect(pauseAfter(3, "failed", 0)).toBe(2_000);
  expect([1, 2, 9].map((n) => pauseAfter(n, "mute", 1))).toEqual([60_000, 120_000, 600_000]);
});
