import { expect, test } from "vitest";
import { remembered } from "./place";

test("the newest places are kept", () => {
  let places = {};
  for (let i = 0; i < 40; i++) {
    places = remembered(places, `/${i}`, [i, 0]);
  }
  expect(Object.keys(places)).toHaveLength(30);
  expect(remembered(places, "/39", [1, 2])).toMatchObject({ "/39": [1, 2] });
  expect(places).not.toHaveProperty("/0");
});
