/** The page's title: the open message, or the mailbox with its unread messages. */
export function titleOf(message: string | undefined, mailbox: string | undefined, unread: number): string | null {
  const place = message ?? (mailbox !== undefined && unread > 0 ? `(${unread}) ${mailbox}` : mailbox);
  return place === undefined ? null : `${place} · Palomar`;
}

function unread(): number {
  return Number(document.querySelector<HTMLElement>(".nav [aria-current] [data-unread]")?.dataset["unread"] ?? 0);
}

/** The tree's answer is the newest count there is: the head of the list and the page's title follow it. */
export function showCount(): void {
  const count = unread();
  for (const words of document.querySelectorAll<HTMLElement>("[data-unread-words]")) {
    words.hidden = count <= 0;
    words.querySelector("[data-unread-here]")!.textContent = new Intl.NumberFormat(document.documentElement.lang).format(count);
  }
  showTitle();
}

/** Says in the title what is open: parts of the page come and go without one. */
export function showTitle(): void {
  const named = (id: string) => document.getElementById(id)?.dataset["title"];
  document.title = titleOf(named("message"), named("list"), unread()) ?? document.title;
}

export function startCounts(): void {
  let counted = false;
  document.addEventListener("htmx:after:swap", (event) => {
    counted ||= event.detail.ctx.target instanceof Element && event.detail.ctx.target.id === "tree";
    if (counted) {
      showCount();
    } else {
      showTitle();
    }
  });
}
