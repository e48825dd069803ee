import { showCount } from "./counts";
import { csrfHeaders, placeOf, standsFor, whenShown } from "./page";

/** The number after some messages were read; never below nothing. */
export function less(count: string | undefined, read: number): number {
  return Math.max(Number.parseInt(count ?? "0", 10) - read, 0) || 0;
}

function lower(counter: HTMLElement, read: number): void {
  const left = less(counter.dataset["unread"], read);
  counter.dataset["unread"] = String(left);
  counter.textContent = left > 0 ? new Intl.NumberFormat(document.documentElement.lang).format(left) : "";
  if (left === 0) {
    counter.closest(".has-new")?.classList.remove("has-new");
  }
}

async function markSeen(form: HTMLFormElement): Promise<void> {
  const response = await fetch(form.dataset["seenUrl"] ?? form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
    headers: { ...csrfHeaders(), "HX-Request": "true", "HX-Request-Type": "partial" },
    redirect: "manual",
    // Also when the reader goes on to another page at once.
    keepalive: true,
  });
  if (!response.ok && response.type !== "opaqueredirect") {
    return;
  }
  const read = placeOf(form);
  const row = [...document.querySelectorAll<HTMLElement>(".row.is-unread")].find((each) => standsFor(each.dataset["ref"], read));
  row?.classList.remove("is-unread");
  row?.querySelector("[data-unread-word]")?.remove();
  const number = Number(form.dataset["seenHere"] ?? 1);
  document.querySelectorAll<HTMLElement>(".nav [aria-current] [data-unread]").forEach((counter) => lower(counter, number));
  showCount();
  // Counters on their way may have been taken before: they are asked for once more.
  if (document.querySelector("#tree.htmx-request")) {
    document.addEventListener("htmx:after:swap", () => document.body.dispatchEvent(new Event("list-changed")), { once: true });
  }
}

/** A message is marked as read once it is shown: opening it is a GET, and a GET changes nothing. */
export function startSeen(): void {
  whenShown<HTMLFormElement>("form[data-seen-url]", (form) => {
    // A page the browser loads ahead is not read yet.
    if (document.visibilityState === "visible") {
      void markSeen(form);
    } else {
      document.addEventListener("visibilitychange", () => void markSeen(form), { once: true });
    }
  });
}
