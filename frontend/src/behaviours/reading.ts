import { showTitle } from "./counts";
import htmx from "./http";
import { isOnePane, newest, pathOf, whenShown } from "./page";

function rowLinks(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("#list .row-link")];
}

function openRef(): string | undefined {
  return document.getElementById("message")?.dataset["ref"];
}

/** Marks the row of the message that stands in the reading pane. */
function markOpen(): void {
  const ref = openRef();
  for (const link of rowLinks()) {
    const row = link.closest<HTMLElement>(".row");
    const open = ref !== undefined && row?.dataset["ref"] === ref;
    if (open && !row?.classList.contains("is-open")) {
      link.scrollIntoView({ block: "nearest" });
    }
    row?.classList.toggle("is-open", open);
    if (open) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function showBlank(): boolean {
  const blank = document.querySelector<HTMLTemplateElement>("#blank");
  const pane = document.getElementById("message");
  if (!blank || !pane) {
    return false;
  }
  pane.replaceWith(blank.content.cloneNode(true));
  document.body.dataset["view"] = "list";
  markOpen();
  showTitle();
  return true;
}

/** The focus goes on where it was: to the same button of the bar shown anew, to the same row, or to the one that closed the gap. */
function keepFocus(): void {
  let key: string | undefined;
  let ref: string | undefined;
  let row = -1;
  let order = false;
  // Before anyone empties the pane.
  const remember = () => {
    const focused = document.activeElement as HTMLElement | null;
    // Another swap has just taken the focus away and not given it back yet: what it remembered still holds.
    if (focused === document.body) {
      return;
    }
    const rows = [...document.querySelectorAll<HTMLElement>("#list .row")];
    const at = focused?.closest<HTMLElement>("#list .row");
    ref = at?.dataset["ref"];
    key = focused?.closest("#message") ? focused.dataset["key"] : undefined;
    order = focused?.matches("#list [data-testid='sort-menu'] summary") ?? false;
    const gap = focused?.closest("#message, #list") ? rows.findIndex((each) => each.matches(".is-open, :has(:checked)")) : -1;
    row = at ? rows.indexOf(at) : gap;
  };
  document.addEventListener("htmx:before:swap", remember, true);
  document.addEventListener("htmx:after:swap", () => {
    if (document.activeElement !== document.body) {
      return;
    }
    const again = key && document.querySelector<HTMLElement>(`#message [data-key="${key}"]`);
    const menu = order && document.querySelector<HTMLElement>("#list [data-testid='sort-menu'] summary");
    const links = rowLinks();
    const same = links.find((link) => link.closest<HTMLElement>(".row")?.dataset["ref"] === ref);
    (again || menu || same || links[Math.min(row, links.length - 1)])?.focus({ preventScroll: true });
    key = undefined;
    ref = undefined;
    row = -1;
    order = false;
  });
}

/** Going back and forward changes the reading pane only, as long as the list on the page is the one the message came from. */
function restore(path: string): boolean {
  const link = rowLinks().find((each) => pathOf(each.href) === path);
  if (link) {
    void htmx.ajax("GET", path, { target: "#message", swap: "outerHTML" });
    return true;
  }
  const list = document.getElementById("list")?.dataset["url"];
  return list !== undefined && pathOf(list) === path && showBlank();
}

/**
 * Beside a list, a message opens in the reading pane; on a phone a row is a plain link to a page of its own. The list of a
 * message page that was opened directly comes after the message, and only where there is room for it.
 */
export function startReading(): void {
  let acted: string[] = [];
  document.addEventListener(
    "click",
    (event) => {
      if (isOnePane() && (event.target as Element | null)?.closest("[data-pane]")) {
        event.stopPropagation();
      }
    },
    true,
  );

  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target instanceof Element && event.detail.ctx.target.id === "message") {
      document.body.dataset["view"] = "message";
      document.querySelector("#message")?.scrollTo({ top: 0 });
    }
    markOpen();
  });
  document.addEventListener("htmx:before:history:restore", (event) => {
    event.preventDefault();
    if (!restore(event.detail.path)) {
      location.reload();
    }
  });
  // The list was answered to an act on the open message: that message is no longer there.
  document.addEventListener("palomar:moved", (event) => {
    if ((event as CustomEvent<string>).detail === "list") {
      showBlank();
    }
  });
  // What was done in the reading pane shows in the list and in the tree; who looks for new mail wants to see both.
  document.addEventListener("htmx:after:swap", (event) => {
    const source = event.detail.ctx.sourceElement;
    if (source instanceof Element && source.matches("[data-testid='refresh']")) {
      htmx.trigger(document.body, "list-changed", {});
    }
    if (event.detail.ctx.request?.method === "POST" && source instanceof Element) {
      const inPane = event.detail.ctx.target instanceof Element && event.detail.ctx.target.id === "message";
      const undone = source.matches("[data-undo]");
      htmx.trigger(document.body, inPane || undone ? "message-changed" : "list-changed", {});
    }
  });
  // An act on ticked rows may take the open message away.
  document.addEventListener("htmx:after:swap", () => {
    const ref = openRef();
    if (ref !== undefined && acted.includes(ref) && !rowLinks().some((link) => link.closest<HTMLElement>(".row")?.dataset["ref"] === ref)) {
      showBlank();
      const list = document.getElementById("list")?.dataset["url"];
      if (list) {
        history.replaceState({ htmx: true }, "", list);
      }
    }
    acted = [];
  });
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = event.detail.ctx;
    if (sourceElement.matches("#list form") && request.body instanceof FormData) {
      acted = request.body.getAll("ref").map((refs) => newest(String(refs)));
    }
  });
  whenShown<HTMLElement>(".list-later", (list) => {
    const wide = matchMedia("(width >= 52rem)");
    const load = () => wide.matches && list.isConnected && htmx.trigger(list, "wide", {});
    // htmx listens only once it has seen the page.
    setTimeout(load);
    wide.addEventListener("change", load);
  });
  keepFocus();
  markOpen();
}
