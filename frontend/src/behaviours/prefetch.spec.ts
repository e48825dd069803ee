import { expect, test, vi } from "vitest";
import { Ahead } from "./prefetch";

const page = () => Promise.resolve(new Response("a page"));

test("a page is asked for once and taken once", async () => {
  const ask = vi.fn(page);
  const ahead = new Ahead(ask);
  ahead.fetch("/a");
  ahead.fetch("/a");
  expect(ask).toHaveBeenCalledTimes(1);
  expect(await (await ahead.take("/a"))!.text()).toBe("a page");
  expect(ahead.take("/a")).toBeUndefined();
});

test("a page that is old, failed or forgotten is not shown", async () => {
  let now = 0;
  const ahead = new Ahead((path) => (path === "/bad" ? Promise.resolve(new Response("", { status: 503 })) : path === "/cut" ? Promise.reject(new Error()) : page()), () => now);
  ahead.fetch("/old");
  now = 30_000;
  expect(ahead.take("/old")).toBeUndefined();
  ahead.fetch("/bad");
  ahead.fetch("/cut");
  await Promise.resolve().then(() => Promise.resolve());
  expect(ahead.take("/bad")).toBeUndefined();
  expect(ahead.take("/cut")).toBeUndefined();
  ahead.fetch("/a");
  ahead.forget();
  expect(ahead.take("/a")).toBeUndefined();
});

test("only the latest few are kept", () => {
  const ahead = new Ahead(page);
  for (let i = 0; i < 10; i++) {
    ahead.fetch(`/${i}`);
  }
  expect(ahead.take("/0")).toBeUndefined();
  expect(ahead.take("/9")).toBeDefined();
});
