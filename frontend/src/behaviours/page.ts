/** What the server wrote into the head of the page, and the words scripts need. */

export function meta(name: string): HTMLMetaElement | null {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);
}

/** The context path with a slash at its end, such as `/` or `/mail/`. */
export function basePath(): string {
  return meta("base")?.content ?? "/";
}

/** The header that proves a request comes from our own page; empty when nobody is signed in. */
export function csrfHeaders(): Record<string, string> {
  const token = meta("csrf");
  const name = token?.dataset["header"];
  return token && name ? { [name]: token.content } : {};
}

export function word(name: string): string {
  return document.getElementById("words")?.dataset[name] ?? "";
}

/** Path and query of an address of ours, without its fragment. */
export function pathOf(href: string): string {
  const url = new URL(href, location.href);
  return url.pathname + url.search;
}

/** A message, or a conversation by its newest one, and the segment of its mailbox. */
export interface Place {
  ref: string;
  mailbox: string;
}

export function placeOf(element: HTMLElement | null): Place | null {
  const ref = element?.dataset["ref"];
  return ref ? { ref, mailbox: element.dataset["mailbox"] ?? "" } : null;
}

/** Whether a row or a tick stands for it: `era.9`, of a conversation `era.9.8.7`, and among results of several mailboxes `era.9@INBOX`; anything else for itself alone. */
export function standsFor(refs: string | undefined, place: Place | null): boolean {
  const [, newest, mailbox] = /^(\d+\.\d+)[.\d]*(?:@(.*))?$/.exec(refs ?? "") ?? [];
  return place !== null && (newest === undefined ? refs === place.ref : newest === place.ref) && (mailbox === undefined || mailbox === place.mailbox);
}

/** Below this width one pane is shown at a time, so links lead to whole pages. */
export function isOnePane(): boolean {
  return matchMedia("(width < 52rem)").matches;
}

/** Runs `found` for every element that is on the page now or comes with a fragment later. */
export function whenShown<T extends Element>(selector: string, found: (element: T) => void): void {
  const seen = new WeakSet<Element>();
  const look = (root: ParentNode) => {
    for (const element of root.querySelectorAll<T>(selector)) {
      if (!seen.has(element)) {
        seen.add(element);
        found(element);
      }
    }
  };
  look(document);
  document.addEventListener("htmx:after:process", () => look(document));
}
