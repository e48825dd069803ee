import { expect, test } from "vitest";
import { zoneCookie } from "./zone";

test("the zone is kept under the context path", () => {
  expect(zoneCookie("Europe/Madrid", "/mail/", true)).toBe(
    "zone=Europe/Madrid; path=/mail/; max-age=31536000; samesite=lax; secure",
  );
  expect(zoneCookie("Etc/GMT+5", "/", false)).toBe("zone=Etc/GMT+5; path=/; max-age=31536000; samesite=lax");
});

test("nothing but a zone's name becomes a cookie", () => {
  expect(zoneCookie("Europe/Madrid; domain=example", "/", false)).toBeNull();
  expect(zoneCookie("", "/", false)).toBeNull();
});
