import type { HtmxRequestCtx, HtmxSwapContext } from "htmx.org";
import htmx from "./http";
import { asksToSignIn } from "./stream";

/**
 * How asking went: what is on the screen is new; the reader did something meanwhile; the mail server or Palomar does not answer;
 * nobody is signed in.
 */
export type Asked = "fresh" | "late" | "away" | "offline" | "ended";

// Menus stay open, and what scripts noted stays noted.
htmx.config.morphIgnore = ["data-htmx-powered", "open", "data-state", "data-newer"];

/** What the reader asked for that shows in the list or the tree: so many times until now, and so much is on its way. */
let asked = 0;
const underWay = new Set<HtmxRequestCtx>();

function shows({ request, target }: HtmxRequestCtx): boolean {
  return request.method !== "GET" || (target instanceof Element && (target.id === "list" || target.id === "tree"));
}

document.addEventListener("htmx:before:request", (event) => {
  if (shows(event.detail.ctx)) {
    asked++;
    underWay.add(event.detail.ctx);
  }
});
document.addEventListener("htmx:finally:request", (event) => underWay.delete(event.detail.ctx));

/**
 * Asks for a part of the page again, without the reader, and puts what is new into it: what stayed the same keeps its elements, and
 * with them the focus, ticks and open menus.
 */
export async function freshen(part: HTMLElement, url: string, swap: string, put: (swapped: () => Promise<void>) => Promise<void>): Promise<Asked> {
  const before = asked;
  try {
    const response = await fetch(url, {
      headers: { "HX-Request": "true", "HX-Request-Type": "partial", "Palomar-Live": "true" },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    });
    if (asksToSignIn(response)) {
      return "ended";
    }
    if (!response.ok) {
      // A mailbox that is gone is no failure of the server: its page stays until the reader leaves it.
      return response.status < 500 ? "fresh" : "away";
    }
    const text = await response.text();
    if (!part.isConnected || before !== asked || underWay.size > 0) {
      return "late";
    }
    await put(() => htmx.swap({ text, swap, target: part, sourceElement: part } as HtmxSwapContext));
    return "fresh";
  } catch {
    return "offline";
  }
}
