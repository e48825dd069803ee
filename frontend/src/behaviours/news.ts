import type { News } from "./stream";

/** The segment of the mailbox that an address of a list shows, or null. */
export function mailboxOf(url: string | undefined, base: string): string | null {
  const start = `${base}mailboxes/`;
  return url?.startsWith(start) ? (/^[A-Za-z0-9_~-]+(?=$|\?)/.exec(url.slice(start.length))?.[0] ?? null) : null;
}

/** What has to be asked for again after some news. */
export function touches(news: News, mailbox: string | null): { list: boolean; tree: boolean } {
  switch (news.name) {
    case "all":
      return { list: true, tree: true };
    case "arrived":
    case "expunged":
    case "flags":
      return { list: news.data === mailbox, tree: true };
    case "mailboxes":
      return { list: false, tree: true };
    default:
      return { list: false, tree: false };
  }
}

/** Whether an address of a list shows its newest messages. */
export function isFirstPage(url: string): boolean {
  return !/[?&]page=(?!1(&|$))/.test(url);
}
