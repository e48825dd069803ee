import htmx from "./http";
import { whenShown } from "./page";
import { choose, keepingPlace, merge } from "./rows";

function renew(old: HTMLElement, now: HTMLElement): void {
  if (old.innerHTML !== now.innerHTML) {
    old.replaceWith(now);
    htmx.process(now);
  }
}

function take(results: HTMLElement, news: HTMLElement): void {
  const part = (of: Element, name: string) => of.querySelector<HTMLElement>(`[data-${name}]`)!;
  const more = news.dataset["more"];
  keepingPlace(() => {
    const added = merge(part(results, "rows"), part(news, "rows"));
    choose(results, added);
    added.forEach((row) => htmx.process(row));
  });
  renew(part(results, "notes"), part(news, "notes"));
  // What was chosen stays chosen.
  if (!results.querySelector("[data-whole]")) {
    renew(part(results, "offer"), part(news, "offer"));
  }
  if (more) {
    results.dataset["more"] = more;
    const said = part(news, "progress");
    if (part(results, "progress").textContent !== said.textContent) {
      part(results, "progress").replaceChildren(...said.childNodes);
    }
  } else {
    delete results.dataset["more"];
    const focused = part(results, "state").contains(document.activeElement);
    const state = part(news, "state");
    // The place that is read out stays; only what it says changes.
    part(results, "progress").replaceChildren(...part(news, "progress").childNodes);
    part(results, "state").querySelectorAll(":scope > :not([data-progress])").forEach((each) => each.remove());
    part(results, "state").append(...[...state.children].filter((each) => !each.matches("[data-progress]")));
    if (focused) {
      part(results, "state").tabIndex = -1;
      part(results, "state").focus({ preventScroll: true });
    }
  }
}

/** Asks for more as long as there is more to come; a search that ends, or a page that is left, ends it. */
async function follow(results: HTMLElement): Promise<void> {
  while (results.isConnected && results.dataset["more"]) {
    const response = await fetch(results.dataset["more"], {
      headers: { Accept: "text/html", "HX-Request": "true", "HX-Request-Type": "partial" },
      redirect: "error",
    });
    const news = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html").querySelector<HTMLElement>("[data-search-more]") : null;
    if (!news) {
      throw new Error(String(response.status));
    }
    if (results.isConnected) {
      take(results, news);
    }
  }
}

/** Results come into the page as they are found. */
export function startSearch(): void {
  whenShown<HTMLElement>("[data-search-more]", (results) => {
    follow(results).catch(() => {
      // What was found stays, with a way to go on.
      delete results.dataset["more"];
      results.querySelector("[data-search-cancel]")?.remove();
      results.querySelector("[data-testid='search-continue']")?.classList.remove("only-plain");
    });
  });
}
