import type { HtmxRequestCtx } from "htmx.org";
import { placeOf, standsFor } from "./page";

const REMOVING: ReadonlySet<string> = new Set(["archive", "delete", "junk", "notjunk", "expunge", "move"]);

type Undo = () => void;

function flag(row: Element, on: boolean): Undo {
  const marks = row.querySelector(".row-marks");
  const mark = marks?.querySelector("svg.flag");
  const drawn = document.querySelector("#list .list-tools [data-key='flag'] svg");
  if (!marks || on === !!mark || (on && !drawn)) {
    return () => {};
  }
  if (!on) {
    mark!.remove();
    return () => marks.append(mark!);
  }
  const added = drawn!.cloneNode(true) as Element;
  added.setAttribute("class", "icon icon-s flag");
  marks.append(added);
  return () => added.remove();
}

function toggle(row: Element, name: string, on: boolean): Undo {
  const before = row.classList.contains(name);
  row.classList.toggle(name, on);
  return () => row.classList.toggle(name, before);
}

/** Shows what an act will do to a row; the answer's own rows take its place. Returns how to take it back. */
export function show(row: Element, action: string): Undo {
  switch (action) {
    case "read":
    case "unread":
      return toggle(row, "is-unread", action === "unread");
    case "flag":
    case "unflag":
      return flag(row, action === "flag");
    default:
      // Its height goes, not the row: the focus in it must be handed on when the answer comes.
      return REMOVING.has(action) ? toggle(row, "is-going", true) : () => {};
  }
}

/** Acts show at once; when the server refuses, or does not answer, the rows are as before and the notice says why. */
export function startOptimistic(): void {
  const planned = new WeakMap<HtmxRequestCtx, string>();
  const shown = new WeakMap<HtmxRequestCtx, Undo[]>();

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    const { body } = ctx.request;
    if (ctx.sourceElement.matches("form[action$='/actions']") && body instanceof FormData) {
      const action = String(body.get("action") ?? "");
      // Without a target nothing moves: the server says so.
      if (action !== "move" || body.get("target")) {
        planned.set(ctx, action);
      }
    }
  });
  document.addEventListener("htmx:before:request", (event) => {
    const action = planned.get(event.detail.ctx);
    if (action) {
      const open = placeOf(event.detail.ctx.sourceElement.closest<HTMLElement>("#message"));
      const meant = (row: HTMLElement) => (open ? standsFor(row.dataset["ref"], open) : row.querySelector("input[name='ref']:checked") !== null);
      const rows = [...document.querySelectorAll<HTMLElement>("#list .row")].filter(meant);
      shown.set(
        event.detail.ctx,
        rows.map((row) => show(row, action)),
      );
    }
  });
  document.addEventListener("htmx:after:swap", (event) => shown.delete(event.detail.ctx as HtmxRequestCtx));
  document.addEventListener("htmx:finally:request", (event) => {
    shown.get(event.detail.ctx)?.forEach((undo) => undo());
    shown.delete(event.detail.ctx);
  });
}
