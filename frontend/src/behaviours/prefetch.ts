import { isOnePane, pathOf } from "./page";

/** How long a message fetched ahead may still be shown, in milliseconds. */
const FRESH = 20_000;

/** How long the pointer rests on a row before its message is fetched, in milliseconds: passing over rows asks for nothing. */
const DWELL = 70;

/** Messages kept at once. */
const MOST = 6;

/** Answers fetched ahead by their path, each to be taken once. */
export class Ahead {
  private readonly kept = new Map<string, { answer: Promise<Response>; at: number }>();

  constructor(
    private readonly ask: (path: string) => Promise<Response>,
    private readonly now: () => number = Date.now,
  ) {}

  fetch(path: string): void {
    const known = this.kept.get(path);
    if (known && this.now() - known.at < FRESH) {
      return;
    }
    this.kept.delete(path);
    const answer = this.ask(path);
    this.kept.set(path, { answer, at: this.now() });
    // What fails is asked for again when it is wanted, and said then.
    answer.then(
      (response) => response.ok || this.drop(path, answer),
      () => this.drop(path, answer),
    );
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST) {
        break;
      }
      this.kept.delete(oldest);
    }
  }

  take(path: string): Promise<Response> | undefined {
    const known = this.kept.get(path);
    this.kept.delete(path);
    return known && this.now() - known.at < FRESH ? known.answer : undefined;
  }

  /** Something changed: what was fetched before may tell of the old state. */
  forget(): void {
    this.kept.clear();
  }

  private drop(path: string, answer: Promise<Response>): void {
    if (this.kept.get(path)?.answer === answer) {
      this.kept.delete(path);
    }
  }
}

function isSaving(): boolean {
  return !!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
}

/**
 * Beside a list, the message under the pointer and the next one are fetched ahead. Looking changes nothing on the server: a
 * message is marked as read once it is shown.
 */
export function startPrefetch(): void {
  const ahead = new Ahead((path) =>
    fetch(path, { headers: { Accept: "text/html", "HX-Request": "true", "HX-Request-Type": "partial", Purpose: "prefetch" }, redirect: "error" }),
  );
  let acting = 0;
  let timer = 0;

  // An act leaves a sentence for the answer that follows it, which nothing else may take.
  const fetchAhead = (link: HTMLAnchorElement | null) => {
    if (link?.isConnected && acting === 0 && !isOnePane() && !isSaving()) {
      ahead.fetch(pathOf(link.href));
    }
  };

  document.addEventListener("pointerover", (event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a[data-pane='message']");
    clearTimeout(timer);
    if (link && event.pointerType === "mouse") {
      timer = window.setTimeout(fetchAhead, DWELL, link);
    }
  });
  document.addEventListener("focusin", (event) => fetchAhead((event.target as Element | null)?.closest<HTMLAnchorElement>("a[data-pane='message']") ?? null));
  document.addEventListener("htmx:after:swap", (event) => {
    const { target } = event.detail.ctx;
    if (target instanceof Element && target.id === "message") {
      fetchAhead(document.querySelector<HTMLAnchorElement>("#message a[data-key='older']"));
    }
  });

  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.request.method !== "GET") {
      acting++;
      ahead.forget();
      return;
    }
    const answer = ctx.target instanceof Element && ctx.target.id === "message" ? ahead.take(pathOf(ctx.request.action)) : undefined;
    if (answer) {
      Object.assign(ctx, { fetch: (path: string, request: RequestInit) => answer.catch(() => fetch(path, request)) });
    }
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.detail.ctx.request.method !== "GET") {
      acting--;
      ahead.forget();
    }
  });
}
