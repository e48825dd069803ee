import htmx from "htmx.org/dist/htmx.esm.min.js";
import type { HtmxRequestCtx } from "htmx.org";
import { flashOf, isWholePage } from "./answers";
import { say } from "./flash";
import { basePath, csrfHeaders, word } from "./page";

// Answers never carry scripts, and nothing on a page may ask for one to be made: the policy forbids it anyway.
document.addEventListener("htmx:config:request", (event) => {
  Object.assign(event.detail.ctx.request.headers, csrfHeaders());
});

// An act is answered with the page it leads to; that is what stands in the address bar then.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const place = ctx.response?.headers.get("Content-Location");
  if (place && ctx.replace === "true") {
    ctx.replace = place;
  }
});

/** Where a fragment belongs: the element with the id of its root, whatever was asked for. */
function redirectTasks(ctx: HtmxRequestCtx, tasks: { type: string; fragment: DocumentFragment; target: unknown }[]): void {
  const main = tasks.find((task) => task.type === "main");
  const root = main?.fragment.firstElementChild;
  const place = root?.id ? document.getElementById(root.id) : null;
  if (main && place && ctx.target instanceof Element && ctx.target.id !== root?.id) {
    main.target = place;
    ctx.target = place;
    document.dispatchEvent(new CustomEvent("palomar:moved", { detail: root?.id }));
  }
}

/** Whether an answer is a part of this page: a form with its faults may come with a status of failure. */
function hasPlace(tasks: { type: string; fragment: DocumentFragment }[]): boolean {
  const id = tasks.find((task) => task.type === "main")?.fragment.firstElementChild?.id;
  return !!id && document.getElementById(id) !== null;
}

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  const response = ctx.response;
  if (!response || (!isWholePage(ctx.text ?? "") && (response.status < 400 || hasPlace(tasks)))) {
    redirectTasks(ctx, tasks);
    return;
  }
  // A whole page where a part was asked for: the session ended, or the request failed.
  event.preventDefault();
  const url = new URL(response.raw.url || location.href);
  if (response.status < 400 || url.pathname === `${basePath()}login`) {
    location.assign(url);
  } else {
    say(flashOf(ctx.text ?? "") || word("failed"));
    // A message that is gone must not stay in the list.
    if (ctx.target instanceof Element && ctx.target.id === "message" && response.status < 500) {
      htmx.trigger(document.body, "message-changed", {});
    }
  }
});

document.addEventListener("htmx:error", () => say(word("failed")));

export default htmx;
