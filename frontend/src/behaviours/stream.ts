/** One thing the server tells: the name of a server-sent event and its data. */
export interface News {
  name: string;
  data: string;
}

/** Why there is no stream: the server does not answer, something on the way holds it back, or nobody is signed in. */
export type Down = "failed" | "mute" | "ended";

/** How long a stream may take to say hello, in milliseconds. */
const HELLO = 8_000;
/** A stream that lived so long was a good one. */
const GOOD = 30_000;
/** Pauses before the next attempt: first, longest, and longest where something holds streams back. */
const FIRST = 1_000;
const LONGEST = 60_000;
const MUTE = 600_000;

/** The events in a text, and the beginning of one that has not come whole. */
export function parseEvents(text: string): { news: News[]; rest: string } {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  const field = (block: string, name: string) =>
    block
      .split("\n")
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trim())
      .join("\n");
  const news = blocks.map((block) => ({ name: field(block, "event"), data: field(block, "data") })).filter((each) => each.name !== "");
  return { news, rest };
}

/** How long to wait after so many failures, `chance` between 0 and 1: everybody comes back at another moment. */
export function pauseAfter(failures: number, why: Down, chance: number): number {
  const step = why === "mute" ? Math.min(LONGEST * 2 ** (failures - 1), MUTE) : Math.min(FIRST * 2 ** (failures - 1), LONGEST);
  return step / 2 + (step / 2) * chance;
}

/** Whether an answer says that the person has to sign in first. */
export function asksToSignIn(response: Response): boolean {
  return response.type === "opaqueredirect" || response.status === 401 || response.status === 403;
}

/** Reads one stream to its end. */
async function read(url: string, tell: (news: News) => void, stop: AbortSignal): Promise<Down> {
  const mute = new AbortController();
  let patience = HELLO;
  let timer = setTimeout(() => mute.abort(), patience);
  try {
    const response = await fetch(url, {
      headers: { Accept: "text/event-stream", "Palomar-Live": "true" },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.any([stop, mute.signal]),
    });
    if (asksToSignIn(response)) {
      return "ended";
    }
    if (!response.ok || !response.body || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      return "failed";
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const { news, rest } = parseEvents(text + part.value);
      text = rest;
      for (const each of news) {
        patience = each.name === "hello" ? Number(each.data) * 2.5 || patience : patience;
        tell(each);
      }
      clearTimeout(timer);
      timer = setTimeout(() => mute.abort(), patience);
    }
    return "failed";
  } catch {
    return mute.signal.aborted ? "mute" : "failed";
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Keeps one stream open until it is stopped or nobody is signed in any more. The address is asked for anew each time: it says for how
 * long nothing was heard. After a failure `down` says why there is none; `hello` is told when there is one again.
 */
export async function listen(url: () => string, tell: (news: News) => void, down: (why: Down) => void, stop: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    const began = Date.now();
    const greeted = { yes: false };
    const why = await read(
      url(),
      (news) => {
        greeted.yes ||= news.name === "hello";
        tell(news);
      },
      stop,
    );
    if (stop.aborted) {
      return;
    }
    if (greeted.yes && Date.now() - began > GOOD) {
      failures = 0;
    }
    failures++;
    // A stream that was cut after a while is nothing to speak of: the next one catches up.
    if (!greeted.yes || failures > 1) {
      down(why);
    }
    if (why === "ended") {
      return;
    }
    await pause(pauseAfter(failures, greeted.yes ? "failed" : why, Math.random()), stop);
  }
}

/** Waits; less when the network comes back or the reader does. */
export function pause(time: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      document.removeEventListener("visibilitychange", seen);
      stop.removeEventListener("abort", over);
      resolve();
    };
    const seen = () => document.visibilityState === "visible" && over();
    const timer = setTimeout(over, time);
    addEventListener("online", over);
    document.addEventListener("visibilitychange", seen);
    stop.addEventListener("abort", over);
  });
}
