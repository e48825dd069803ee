import { isAtTop, scroller } from "./keep";
import { word } from "./page";

/** How news come: as they happen, by asking now and then, not while the mail server or Palomar is away, or never again. */
export type State = "live" | "poll" | "away" | "offline" | "ended";

const SPOKEN: Partial<Record<State, string>> = { away: "liveAway", offline: "liveOffline", ended: "liveEnded" };

/** Puts a value into a sentence. */
export function say(sentence: string, value: string): string {
  return sentence.replace("{0}", value);
}

/** The page's language, as it is written where the reader is. */
function language(): string {
  const page = document.documentElement.lang;
  return navigator.languages.find((each) => each.split("-")[0] === page) ?? page;
}

/** An icon out of the file that the page's other icons come from. */
function icon(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.querySelector("use")?.getAttribute("href")?.split("#")[0] ?? ""}#i-${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Above the list: that it shows what was there at a certain time, while nothing newer is to be had. */
export function showState(list: HTMLElement, state: State, at: number): void {
  const place = list.querySelector<HTMLElement>("[data-live-state]");
  const spoken = SPOKEN[state];
  if (!place || place.dataset["state"] === (spoken ? state : "")) {
    return;
  }
  place.dataset["state"] = spoken ? state : "";
  const before = place.offsetHeight;
  const top = isAtTop(list);
  place.replaceChildren(...(spoken ? [note(list, state, word(spoken), at)] : []));
  if (!top) {
    scroller(list).scrollTop += place.offsetHeight - before;
  }
}

function note(list: HTMLElement, state: State, sentence: string, at: number): HTMLElement {
  const note = document.createElement("div");
  note.className = "note note-warn list-note";
  note.dataset["testid"] = "stale";
  const words = document.createElement("p");
  words.textContent = say(sentence, new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(at));
  note.append(icon("warn"), words);
  if (state === "ended") {
    const again = document.createElement("a");
    again.className = "btn btn-quiet";
    again.href = list.dataset["url"] ?? location.href;
    again.textContent = word("liveSignIn");
    note.append(again);
  }
  return note;
}

/** At the top of the list: how many new messages lie above. On a later page it leads to the first. */
export function showNewer(list: HTMLElement, count: number, firstPage: boolean, go: () => void): void {
  const place = list.querySelector<HTMLElement>("[data-live-newer]");
  if (!place || place.dataset["newer"] === String(count)) {
    return;
  }
  place.dataset["newer"] = String(count);
  if (count === 0) {
    place.replaceChildren();
    return;
  }
  const number = new Intl.NumberFormat(language()).format(count);
  const sentence = firstPage ? say(word(count === 1 ? "liveNewerOne" : "liveNewer"), number) : word("liveNewerSome");
  let button = place.querySelector<HTMLElement>("button, a");
  if (!button) {
    button = document.createElement(firstPage ? "button" : "a");
    button.className = "btn newer-btn";
    button.dataset["testid"] = "new-messages";
    if (button instanceof HTMLAnchorElement) {
      button.href = (list.dataset["url"] ?? "").replace(/\?.*/, "");
    } else {
      button.setAttribute("type", "button");
      button.addEventListener("click", go);
    }
    place.append(button);
  }
  button.textContent = sentence;
}
