import { expect, test } from "vitest";
import { fitting, SMALLEST, TALLEST } from "./frame";

/** A letter that is never narrower than `least`, with so many square pixels of text. */
const letter = (least: number, area: number) => (width: number) => ({
  wide: Math.max(width, least),
  high: area / Math.max(width, least),
});

test("a frame is as high as its letter", () => {
  expect(fitting(700, () => ({ wide: 700, high: 612.4 }))).toEqual({ width: 700, height: 613, scale: 1 });
});

test("a letter too wide is laid out in full and made smaller as a whole", () => {
  expect(fitting(360, letter(600, 600_000))).toEqual({ width: 600, height: 1000, scale: 0.6 });
});

test("a letter designed in steps that takes more room when it gets some is measured again", () => {
  const steps = (width: number) => ({ wide: width < 400 ? 500 : 640, high: 100 });
  expect(fitting(320, steps)).toEqual({ width: 640, height: 100, scale: 0.5 });
});

test("a letter far too wide scrolls, with room for the scroll bar", () => {
  expect(fitting(360, letter(3_000, 1_500_000))).toEqual({ width: 900, height: 518, scale: SMALLEST });
});

test("a letter that is as wide as any frame and a bit more comes to rest", () => {
  const { scale, width } = fitting(360, (given) => ({ wide: given + 20, high: 100 }));
  expect(width).toBe(400);
  expect(scale).toBe(0.9);
});

test("height has a floor and a ceiling", () => {
  expect(fitting(700, () => ({ wide: 0, high: 0 })).height).toBe(48);
  expect(fitting(700, () => ({ wide: 700, high: 9_000_000 })).height).toBe(TALLEST);
});
