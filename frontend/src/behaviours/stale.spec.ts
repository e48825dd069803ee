import { beforeEach, expect, test } from "vitest";
import { showNewer, showState } from "./stale";

let list: HTMLElement;

beforeEach(() => {
  document.documentElement.lang = "en";
  document.body.innerHTML = `<section id="list" data-url="/mailboxes/INBOX?page=2"><div data-live-state></div><div data-live-newer></div></section>
    <template id="words" data-live-away="Away since {0}." data-live-newer="{0} new" data-live-newer-one="1 new" data-live-newer-some="New ones"></template>`;
  list = document.getElementById("list")!;
});

test("the list says as of when it is while the server is away", () => {
  showState(list, "away", Date.UTC(2026, 10, 20, 9, 41));
  expect(list.textContent).toMatch(/Away since \d+:\d\d/);
  showState(list, "live", 0);
  expect(list.querySelector(".note")).toBeNull();
});

test("new messages above are counted on the first page and lead to it from others", () => {
  showNewer(list, 1, true, () => undefined);
  showNewer(list, 2, true, () => undefined);
  expect(list.querySelector("button")?.textContent).toBe("2 new");
  showNewer(list, 0, true, () => undefined);
  expect(list.querySelector("button")).toBeNull();
  showNewer(list, 1, false, () => undefined);
  expect(list.querySelector("a")?.getAttribute("href")).toBe("/mailboxes/INBOX");
});
