import { expect, test } from "vitest";
import { missed } from "./tabs";

const noted = [
  { news: { name: "state", data: "away" }, at: 1 },
  { news: { name: "arrived", data: "INBOX" }, at: 2 },
  { news: { name: "state", data: "live" }, at: 3 },
  { news: { name: "flags", data: "Sent" }, at: 5 },
];

test("a tab that comes later hears the state and what happened since it was made", () => {
  expect(missed(noted, 4).map((news) => news.data)).toEqual(["live", "Sent"]);
  expect(missed(noted, 9).map((news) => news.data)).toEqual(["live"]);
  expect(missed([], 0)).toEqual([]);
});
