import { expect, test } from "vitest";
import { less } from "./seen";

test("a count never goes below nothing", () => {
  expect(less("14", 1)).toBe(13);
  expect(less("14", 3)).toBe(11);
  expect(less("2", 3)).toBe(0);
  expect(less("0", 1)).toBe(0);
  expect(less(undefined, 1)).toBe(0);
  expect(less("", 1)).toBe(0);
});
