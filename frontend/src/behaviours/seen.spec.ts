import { expect, test } from "vitest";
import { oneLess } from "./seen";

test("a count never goes below nothing", () => {
  expect(oneLess("14")).toBe(13);
  expect(oneLess("0")).toBe(0);
  expect(oneLess(undefined)).toBe(0);
  expect(oneLess("")).toBe(0);
});
