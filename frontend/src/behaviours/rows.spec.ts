import { expect, test } from "vitest";
import { choose, merge } from "./rows";

const day = (name: string, ...at: number[]) => `<h2 class="day">${name}</h2><ul>${at.map((n) => `<li class="row" data-at="${n}"><a href="#${n}">${n}</a></li>`).join("")}</ul>`;

function page(html: string): HTMLElement {
  const element = document.createElement("div");
  element.innerHTML = html;
  return element;
}

const words = (element: Element) => [...element.querySelectorAll("h2, li")].map((each) => each.textContent).join(" ");

test("rows go where they belong, under their day", () => {
  const list = page(day("Today", 90, 80) + day("March", 30));
  const kept = list.querySelector("li")!;
  const added = merge(list, page(day("Today", 95, 85, 75) + day("Yesterday", 60) + day("March", 31, 29) + day("January", 5)));
  expect(words(list)).toBe("Today 95 90 85 80 75 Yesterday 60 March 31 30 29 January 5");
  expect(added.length).toBe(7);
  expect(list.contains(kept)).toBe(true);
  expect(list.querySelectorAll("ul").length).toBe(4);
});

test("the first rows make the first days", () => {
  const list = page("");
  merge(list, page(day("Today", 2, 1)));
  merge(list, page(day("Today", 3)));
  merge(list, page(day("Today", 3, 1)));
  merge(list, page(""));
  expect(words(list)).toBe("Today 3 2 1");
});

const result = (ref: string) => `<li class="row"><input type="checkbox" name="ref" value="${ref}"></li>`;

test("results that come while all are meant are ticked and counted, so that each of them can be taken out", () => {
  document.body.innerHTML = `<div data-offer><input name="shown" value="2"></div><ul>${result("7.1@INBOX")}${result("7.1@Archive")}</ul>`;
  choose(document.body, [...document.querySelectorAll(".row")]);
  expect(document.querySelectorAll(":checked")).toHaveLength(2);
  expect(document.querySelector<HTMLInputElement>("[name='shown']")!.value).toBe("4");
});

test("results that come while some are ticked are not", () => {
  document.body.innerHTML = `<div data-offer></div><ul>${result("7.1@INBOX")}</ul>`;
  choose(document.body, [...document.querySelectorAll(".row")]);
  expect(document.querySelector(":checked")).toBeNull();
});
