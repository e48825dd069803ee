import { letterOf, PLACE, putBack } from "./letter";
import { basePath, csrfHeaders, meta, whenShown } from "./page";

/** After the last key, in milliseconds; while somebody types on, at least this often. */
const PAUSE = 1_000;
const LONGEST = 2_000;

/** Until it is tried again, in milliseconds: doubles up to half a minute. */
const RETRY = 2_000;
const MOST = 30_000;

/** What a browser sends on while the page is already gone, in octets. */
const KEEPALIVE = 60_000;

interface Answer {
  state: "kept" | "clash" | "gone" | "away";
  revision: number;
  origin: string;
  words: string;
  url: string;
  every: number;
}

/** Saves one letter while it is written. Nothing here moves the focus or the cursor. */
class Keeper {
  private saved: string;
  private since = 0;
  private timer = 0;
  private failures = 0;
  private every = 0;
  private busy = false;
  private over = false;
  private out = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly url: string,
  ) {
    this.saved = letterOf(form);
  }

  start(): void {
    const { form } = this;
    for (const event of ["input", "change", "palomar:changed"]) {
      form.addEventListener(event, () => this.changed());
    }
    // Files come and go without an event of the form, and so may what other scripts put into fields.
    setInterval(() => this.changed(), LONGEST);
    // The editor puts its own fields beside the text: that alone is no change of the letter.
    let asIs = false;
    form.addEventListener("palomar:opening", () => (asIs = letterOf(form) === this.saved));
    form.addEventListener("palomar:opened", () => {
      if (asIs) {
        this.saved = letterOf(form);
      }
    });
    addEventListener("online", () => void this.save());
    addEventListener("focus", () => void this.comeBack());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void this.save());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => event.persisted && (this.over = false));
    form.addEventListener("submit", (event) => !event.defaultPrevented && this.stop());
    this.offer();
  }

  private field(name: string): HTMLInputElement | null {
    const field = this.form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field : null;
  }

  private get place(): string {
    return PLACE + (this.form.dataset["from"] ?? "");
  }

  private changed(): void {
    if (this.over || this.busy || letterOf(this.form) === this.saved) {
      return;
    }
    const now = Date.now();
    this.since ||= now;
    this.form.dataset["kept"] ??= "soon";
    if (this.failures === 0) {
      this.later(Math.max(0, Math.min(PAUSE, this.since + LONGEST - now)) + this.every);
    }
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), pause);
  }

  private request(letter: string, leaving: boolean): RequestInit {
    const body = new URLSearchParams(letter);
    const turn = this.field("turn");
    if (turn) {
      turn.value = String(Number(turn.value) + 1);
    }
    for (const name of ["revision", "turn", "origin", "editor"]) {
      body.set(name, this.field(name)?.value ?? "");
    }
    body.set("leaving", String(leaving));
    return {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { ...csrfHeaders(), "HX-Request": "true", "HX-Request-Type": "partial" },
    };
  }

  async save(): Promise<void> {
    const letter = letterOf(this.form);
    clearTimeout(this.timer);
    if (this.over || this.busy || this.out || letter === this.saved) {
      return;
    }
    this.busy = true;
    this.since = 0;
    try {
      const response = await fetch(this.url, this.request(letter, false));
      if (response.status === 401 || response.status === 403 || response.redirected) {
        this.signedOut();
      } else {
        this.take((await response.json()) as Answer, letter);
      }
    } catch {
      this.failed(document.getElementById("kept")?.dataset["offline"] ?? "");
    } finally {
      this.busy = false;
    }
    this.changed();
  }

  private take(answer: Answer, letter: string): void {
    if (answer.state === "away") {
      this.failed(answer.words);
      return;
    }
    this.say(answer.words);
    this.failures = 0;
    if (answer.state === "kept") {
      this.saved = letter;
      this.every = answer.every;
      this.form.dataset["kept"] = "yes";
      sessionStorage.removeItem(this.place);
      this.set("revision", String(answer.revision));
      this.set("origin", answer.origin);
      const id = this.field("id")?.value;
      if (id && answer.origin === "" && !location.search.includes(id)) {
        history.replaceState(history.state, "", `${basePath()}compose?draft=${encodeURIComponent(id)}`);
      }
      return;
    }
    this.over = true;
    this.form.dataset["kept"] = "no";
    this.hold(letter);
    const clash = document.getElementById("clash");
    if (clash && answer.state === "clash") {
      clash.hidden = false;
      const other = clash.querySelector<HTMLAnchorElement>("[data-other]");
      if (other) {
        other.href = basePath() + answer.url.slice(1);
      }
    }
  }

  private set(name: string, value: string): void {
    const field = this.field(name);
    if (field) {
      field.value = value;
    }
  }

  private failed(words: string): void {
    this.say(words);
    this.form.dataset["kept"] = "no";
    this.hold(letterOf(this.form));
    this.later(Math.min(RETRY * 2 ** this.failures++, MOST));
  }

  private say(words: string): void {
    const state = document.getElementById("kept");
    if (state && state.textContent !== words) {
      state.textContent = words;
    }
    state?.classList.toggle("is-bad", this.form.dataset["kept"] === "no");
  }

  /** In this tab only, until it is saved, sent or thrown away. */
  private hold(letter: string, lost = true): void {
    try {
      sessionStorage.setItem(this.place, (lost ? "!" : "?") + letter);
    } catch {
      // No room, or not allowed.
    }
  }

  /** After a reload: what did not reach the server is one press away. */
  private offer(): void {
    const kept = sessionStorage.getItem(this.place) ?? "";
    const held = kept.slice(1);
    const note = document.getElementById("kept-here");
    // What was on its way when the page went is news only where this page came before it.
    const news = kept.startsWith("!") || new URLSearchParams(held).get("id") === this.field("id")?.value;
    if (!held || !note || !news || held === this.saved) {
      sessionStorage.removeItem(this.place);
      return;
    }
    note.hidden = false;
    note.addEventListener("click", (event) => {
      const pressed = (event.target as Element | null)?.closest("[data-bring], [data-drop]");
      if (pressed) {
        note.hidden = true;
        sessionStorage.removeItem(this.place);
        if (pressed.matches("[data-bring]")) {
          putBack(this.form, held);
        }
      }
    });
  }

  private signedOut(): void {
    this.out = true;
    this.form.dataset["kept"] = "no";
    this.hold(letterOf(this.form));
    this.note(true);
    this.say("");
    const again = setInterval(() => (this.out && !this.over ? void this.comeBack() : clearInterval(again)), 3_000);
  }

  private note(shown: boolean): void {
    const note = document.getElementById("expired");
    if (note) {
      note.hidden = !shown;
    }
  }

  /** Whether the same person is signed in again, perhaps in another tab: then this page has a new token, and goes on. */
  private async comeBack(): Promise<void> {
    if (!this.out) {
      return;
    }
    try {
      const response = await fetch(`${basePath()}compose`, { credentials: "same-origin", headers: { "HX-Request": "true" } });
      const page = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
      const token = page?.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content;
      const from = page?.querySelector<HTMLElement>("form[data-draft-url]")?.dataset["from"];
      const present = meta("csrf");
      if (token && present && from === this.form.dataset["from"]) {
        present.content = token;
        document.querySelectorAll<HTMLInputElement>('input[name="_csrf"]').forEach((field) => (field.value = token));
        this.out = false;
        this.note(false);
        await this.save();
      }
    } catch {
      // Asked again.
    }
  }

  /** The page goes away: what is not saved yet goes along. */
  private leave(): void {
    const letter = letterOf(this.form);
    if (this.over || this.out || letter === this.saved) {
      return;
    }
    const request = this.request(letter, true);
    request.keepalive = letter.length < KEEPALIVE;
    this.hold(letter, this.form.dataset["kept"] === "no");
    void fetch(this.url, request).catch(() => this.hold(letter));
  }

  /** A button posts everything; what this would say later would be old. */
  private stop(): void {
    this.over = true;
    clearTimeout(this.timer);
    sessionStorage.removeItem(this.place);
  }
}

export function startAutosave(): void {
  whenShown<HTMLFormElement>("form[data-draft-url]", (form) => new Keeper(form, form.dataset["draftUrl"] ?? "").start());
}
