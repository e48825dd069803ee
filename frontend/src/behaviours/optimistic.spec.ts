import { beforeEach, expect, test } from "vitest";
import { show } from "./optimistic";

beforeEach(() => {
  document.body.innerHTML = `<section id="list"><div class="list-tools"><button data-key="flag"><svg class="icon"></svg></button></div>
    <div class="row is-unread"><span class="row-marks"></span></div></section>`;
});

const row = () => document.querySelector(".row")!;

test.each(["archive", "delete", "junk", "notjunk", "expunge", "move"])("%s closes the row's gap, and opens it again", (action) => {
  const undo = show(row(), action);
  expect(row().classList.contains("is-going")).toBe(true);
  undo();
  expect(row().className).toBe("row is-unread");
});

test("read and unread only change what they say", () => {
  const undo = show(row(), "read");
  expect(row().className).toBe("row");
  undo();
  expect(row().className).toBe("row is-unread");
  show(row(), "unread")();
  expect(row().className).toBe("row is-unread");
});

test("a flag comes and goes once", () => {
  const undo = show(row(), "flag");
  expect(row().querySelectorAll("svg.flag")).toHaveLength(1);
  const again = show(row(), "flag");
  expect(row().querySelectorAll("svg.flag")).toHaveLength(1);
  again();
  const back = show(row(), "unflag");
  expect(row().querySelector("svg.flag")).toBeNull();
  back();
  undo();
  expect(row().querySelector("svg.flag")).toBeNull();
});

test("a copy changes nothing here", () => {
  show(row(), "copy");
  expect(row().className).toBe("row is-unread");
});
