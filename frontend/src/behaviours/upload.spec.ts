import { expect, test } from "vitest";
import { hasFiles, sizeText } from "./upload";

test("sizes are said in the reader's language", () => {
  expect(sizeText(184_000, "en")).toBe("184 kB");
  expect(sizeText(2_400_000, "en")).toBe("2.4 MB");
  expect(sizeText(2_400_000, "es")).toBe("2,4 MB");
  expect(sizeText(10, "en")).toBe("0.1 kB");
});

test("only files are taken from what is dropped", () => {
  expect(hasFiles({ types: ["text/plain", "Files"] } as unknown as DataTransfer)).toBe(true);
  expect(hasFiles({ types: ["text/plain"] } as unknown as DataTransfer)).toBe(false);
  expect(hasFiles(null)).toBe(false);
});
