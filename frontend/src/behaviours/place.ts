/** How many pages' places are remembered. */
const MOST = 30;
const KEY = "palomar.places";
const PANES = ["list", "message"] as const;

type Places = Record<string, number[]>;

/** The places with that of `path` as the newest, and the oldest ones forgotten. */
export function remembered(places: Places, path: string, offsets: number[]): Places {
  const { [path]: _, ...others } = places;
  return Object.fromEntries([...Object.entries(others).slice(-(MOST - 1)), [path, offsets]]);
}

function read(): Places {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Places;
  } catch {
    return {};
  }
}

const here = () => location.pathname + location.search;

/** The browser keeps the place in a page, not in its panes: reload, back and forward find them as they were left. */
export function startPlace(): void {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (navigation && navigation.type !== "navigate") {
    const offsets = read()[here()] ?? [];
    PANES.forEach((id, index) => document.getElementById(id)?.scrollTo({ top: offsets[index] ?? 0, behavior: "instant" }));
  }
  // A list that is shown anew, as after an act, is found where it was.
  let old: { list: HTMLElement; top: number } | null = null;
  document.addEventListener("htmx:before:swap", () => {
    const list = document.getElementById("list");
    old = list && { list, top: list.scrollTop };
  });
  document.addEventListener("htmx:after:swap", () => {
    const list = document.getElementById("list");
    if (list && old && list !== old.list && list.dataset["url"] === old.list.dataset["url"]) {
      list.scrollTop = old.top;
    }
    old = null;
  });
  addEventListener("pagehide", () => {
    const offsets = PANES.map((id) => document.getElementById(id)?.scrollTop ?? 0);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(remembered(read(), here(), offsets)));
    } catch {
      // A browser that stores nothing begins at the top.
    }
  });
}
