import { freshen, type Asked } from "./freshen";
import { inPlace, isAtTop, scroller } from "./keep";
import { isFirstPage, mailboxOf, touches } from "./news";
import { basePath, csrfHeaders, meta } from "./page";
import { listen, pause, type Down, type News } from "./stream";
import { showNewer, showState, type State } from "./stale";
import { shareNews } from "./tabs";

/** How often pages ask where nothing tells them, and how often the tree of a page that is not seen is asked for, in ms. */
const POLL = 45_000;
const UNSEEN = 5_000;
/** When to ask again after the reader did something meanwhile. */
const SOON = 250;
/** When to ask again after nobody answered. */
const RETRY = 10_000;

/** What is to be asked for; what came last from the server; how the last question went. */
const wanted = { list: false, tree: false };
let told: State = "live";
let failed: "away" | "offline" | null = null;
const stay = new AbortController();
let newer = 0;
let heardAt = 0;
let freshAt = Date.now();
let running = false;
let polling = 0;
let retry = 0;

function list(): HTMLElement | null {
  const found = document.getElementById("list");
  return found?.dataset["url"] ? found : null;
}

function tree(): HTMLElement | null {
  return document.getElementById("tree");
}

/** What the reader has to know: that this is old, or that there is something newer above. */
function show(): void {
  const shown = list();
  if (!shown) {
    return;
  }
  showState(shown, told === "ended" ? told : (failed ?? told), freshAt);
  if (newer > 0 && isAtTop(shown) && isFirstPage(shown.dataset["url"] ?? "")) {
    newer = 0;
  }
  showNewer(shown, newer, isFirstPage(shown.dataset["url"] ?? ""), () => {
    newer = 0;
    scroller(shown).scrollTo({ top: 0 });
    show();
  });
}

function become(next: State): void {
  const back = told !== "live" && next === "live";
  const alone = told !== "poll" && next === "poll";
  told = next;
  clearInterval(polling);
  if (next === "poll") {
    polling = window.setInterval(() => want({ list: true, tree: true }), POLL);
  }
  show();
  if (back || alone) {
    want({ list: true, tree: true });
  }
}

async function refreshList(): Promise<Asked> {
  const shown = list();
  const url = shown?.dataset["url"];
  // Who chose a whole mailbox chose what was in it then; the list shows that until something is done.
  if (!shown || !url || shown.querySelector("input[name='scope'][value='all']")) {
    return "fresh";
  }
  return freshen(shown, url, "outerMorph", async (swap) => {
    newer += await inPlace(shown, isFirstPage(url), swap);
  });
}

async function refreshTree(): Promise<Asked> {
  const shown = tree();
  const url = shown?.getAttribute("hx-get");
  return shown && url ? freshen(shown, url, "innerMorph", (swap) => swap()) : "fresh";
}

/** Asks for what is wanted, one thing at a time; what is wanted meanwhile is asked for afterwards, once. */
async function refresh(): Promise<void> {
  if (running) {
    return;
  }
  running = true;
  try {
    while (wanted.tree || (wanted.list && document.visibilityState === "visible")) {
      const seen = document.visibilityState === "visible";
      const asked: Promise<Asked>[] = [];
      if (wanted.list && seen) {
        wanted.list = false;
        asked.push(refreshList());
      }
      if (wanted.tree) {
        wanted.tree = false;
        asked.push(refreshTree());
      }
      const answers = await Promise.all(asked);
      if (answers.includes("ended")) {
        become("ended");
        return;
      }
      failed = answers.includes("offline") ? "offline" : answers.includes("away") ? "away" : null;
      if (failed) {
        Object.assign(wanted, { list: true, tree: true });
        show();
        clearTimeout(retry);
        retry = window.setTimeout(() => void refresh(), RETRY);
        return;
      }
      if (answers.includes("late")) {
        Object.assign(wanted, { list: true, tree: true });
        await pause(SOON, stay.signal);
        continue;
      }
      freshAt = Date.now();
      show();
      if (!seen) {
        await pause(UNSEEN, stay.signal);
      }
    }
  } finally {
    running = false;
  }
}

function want(parts: { list: boolean; tree: boolean }): void {
  wanted.list ||= parts.list;
  wanted.tree ||= parts.tree;
  void refresh();
}

function hear(news: News): void {
  heardAt = performance.now();
  if (news.name === "state") {
    become(news.data as State);
    return;
  }
  if (news.name === "beat" && told === "live" && !failed && !wanted.list) {
    freshAt = Date.now();
  }
  const shown = list();
  const url = shown?.dataset["url"];
  const mailbox = mailboxOf(url, basePath());
  if (news.name === "arrived" && news.data === mailbox && url && !isFirstPage(url)) {
    newer++;
  }
  want(touches(news, mailbox));
}

/** Without a stream the page asks by itself, and finds out whether anybody answers. */
const WITHOUT: Record<Down, State> = { failed: "poll", mute: "poll", ended: "ended" };

/** Tells the server which mailbox is looked at now: some servers tell about one only. */
function startLooking(): () => string {
  let looked = mailboxOf(list()?.dataset["url"], basePath()) ?? "INBOX";
  const look = () => {
    const mailbox = mailboxOf(list()?.dataset["url"], basePath());
    if (mailbox && mailbox !== looked && document.visibilityState === "visible") {
      looked = mailbox;
      const body = new URLSearchParams({ mailbox });
      // Not being heard costs nothing but a little time.
      fetch(`${basePath()}events/mailbox`, { method: "POST", body, headers: csrfHeaders() }).catch(() => undefined);
    }
  };
  document.addEventListener("htmx:after:swap", look);
  document.addEventListener("visibilitychange", look);
  return () => looked;
}

/** Keeps what is on the screen true: the server tells where something happened, and the page asks for its parts again. */
export function startLive(): void {
  if (!meta("csrf") || !tree()) {
    return;
  }
  const looked = startLooking();
  const url = () => `${basePath()}events?mailbox=${looked()}&age=${Math.round(performance.now() - heardAt)}`;
  shareNews(
    (say, stop) => listen(url, say, (why) => say({ name: "state", data: WITHOUT[why] }), stop),
    hear,
  );
  document.addEventListener("visibilitychange", () => void refresh());
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target instanceof Element && event.detail.ctx.target.id === "list" && event.detail.ctx.request) {
      // The reader asked for this list.
      newer = 0;
      freshAt = Date.now();
    }
    show();
  });
  document.addEventListener("scroll", () => newer > 0 && show(), { capture: true, passive: true });
}
