import { basePath } from "./page";
import type { News } from "./stream";

/** Listens until it is stopped, and says what it hears. */
export type Listen = (say: (news: News) => void, stop: AbortSignal) => Promise<void>;

/** What the tab that listens remembers for those that come later. */
interface Noted {
  news: News;
  at: number;
}

const MOST_NOTED = 50;
/** Phones stop tabs that are not seen: after so long without a word, in milliseconds, another tab takes over. */
const SILENCE = 150_000;

/** What a page that was made at `since` has missed: the newest state, and what happened since. */
export function missed(noted: readonly Noted[], since: number): News[] {
  const state = noted.findLast((each) => each.news.name === "state");
  const later = noted.filter((each) => each.at >= since && each.news.name !== "state");
  return [...(state ? [state] : []), ...later].map((each) => each.news);
}

/**
 * One tab listens for all of them: the one that holds the lock. What it hears it tells the others. A browser without locks, or a
 * connection where they are not to be had, lets each tab listen for itself while it is seen.
 */
export function shareNews(listen: Listen, hear: (news: News) => void): void {
  let stop = new AbortController();
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) {
    const alone = () => {
      stop.abort();
      if (document.visibilityState === "visible") {
        stop = new AbortController();
        void listen(hear, stop.signal);
      }
    };
    document.addEventListener("visibilitychange", alone);
    alone();
    return;
  }

  const name = `palomar-events ${basePath()}`;
  let gone = false;

  /** Takes part until it is stopped; true when the tab that listens has fallen silent. */
  const join = async (steal: boolean): Promise<boolean> => {
    const mine = new AbortController();
    stop = mine;
    const channel = new BroadcastChannel(name);
    const noted: Noted[] = [];
    let leads = false;
    let deaf = false;
    let heard = performance.now();
    const say = (news: News) => {
      if (news.name !== "beat" && news.name !== "hello") {
        noted.push({ news, at: Date.now() });
        noted.splice(0, noted.length - MOST_NOTED);
      }
      hear(news);
      channel.postMessage({ news });
    };
    channel.addEventListener("message", ({ data }: MessageEvent<{ news?: News; since?: number }>) => {
      heard = performance.now();
      if (data.news && !leads) {
        hear(data.news);
      } else if (data.since !== undefined && leads) {
        missed(noted, data.since).forEach((news) => channel.postMessage({ news }));
      }
    });
    channel.postMessage({ since: performance.timeOrigin });
    const watchdog = setInterval(() => {
      if (leads) {
        channel.postMessage({});
      } else if (document.visibilityState === "visible" && performance.now() - heard > SILENCE) {
        deaf = true;
        mine.abort();
      }
    }, SILENCE / 4);
    try {
      await navigator.locks.request(name, steal ? { steal } : { signal: mine.signal }, async () => {
        leads = true;
        await listen(say, mine.signal);
        // Nobody is signed in: the lock is kept, so that no other tab tries the same.
        await new Promise((resolve) => (mine.signal.aborted ? resolve(true) : mine.signal.addEventListener("abort", resolve)));
      });
    } catch {
      // No longer waited for, or taken by another tab.
    } finally {
      mine.abort();
      clearInterval(watchdog);
      channel.close();
    }
    return deaf;
  };
  const takePart = async () => {
    for (let steal = false; !gone; ) {
      steal = await join(steal);
    }
  };

  // A page that is kept for going back must not hold the lock.
  addEventListener("pagehide", () => {
    gone = true;
    stop.abort();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      gone = false;
      void takePart();
    }
  });
  void takePart();
}
