import { expect, test } from "vitest";
import { frameHeight, TALLEST } from "./frame";

test("a frame is as high as its letter", () => {
  expect(frameHeight(612.4, 700, 700)).toBe(613);
});

test("a letter too wide leaves room for the scroll bar", () => {
  expect(frameHeight(600, 900, 700)).toBe(618);
});

test("height has a floor and a ceiling", () => {
  expect(frameHeight(0, 0, 700)).toBe(48);
  expect(frameHeight(9_000_000, 700, 700)).toBe(TALLEST);
});
