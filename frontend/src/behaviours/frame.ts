import { whenShown } from "./page";

/** Longer letters scroll inside their frame: browsers paint very tall pages badly. In CSS pixels. */
export const TALLEST = 20_000;

/** A letter is made no smaller than this to fit: what is wider still scrolls. */
export const SMALLEST = 0.4;

/** How a letter stands in its frame: the frame's own size in CSS pixels, and by how much all of it is scaled. */
export interface Fitting {
  width: number;
  height: number;
  scale: number;
}

/**
 * Fits a letter into a room so many pixels wide. One that does not get narrower is laid out as wide as it wants to be and scaled
 * down as a whole, as far as {@link SMALLEST}.
 *
 * @param lay lays the letter out at a width and tells how wide and high it became
 */
export function fitting(room: number, lay: (width: number) => { wide: number; high: number }): Fitting {
  let width = room;
  let laid = lay(width);
  // A letter that gets more room may take more, where it is designed in steps.
  for (let i = 0; i < 2 && laid.wide > width + 1 && width < room / SMALLEST; i++) {
    width = Math.min(laid.wide, Math.floor(room / SMALLEST));
    laid = lay(width);
  }
  const bar = laid.wide > width + 1 ? 18 : 0;
  return {
    width,
    height: Math.min(Math.max(Math.ceil(laid.high) + bar, 48), TALLEST),
    scale: Math.min(1, room / width),
  };
}

/**
 * The letter's own frame has an opaque origin, so nothing can look into it. A second, hidden frame without scripts but of our
 * origin loads the same letter at the same width, and is measured instead.
 */
function fit(frame: HTMLIFrameElement): void {
  const url = frame.dataset["measureUrl"];
  const room = frame.parentElement;
  if (!url || !room) {
    return;
  }
  const ruler = document.createElement("iframe");
  ruler.className = "measure";
  ruler.setAttribute("sandbox", "allow-same-origin");
  ruler.setAttribute("aria-hidden", "true");
  ruler.tabIndex = -1;
  ruler.title = "";
  ruler.src = url;

  const lay = (width: number) => {
    // On dark pages there is a margin of paper around the letter.
    const { paddingTop, paddingRight, paddingBottom, paddingLeft } = getComputedStyle(frame);
    const across = parseFloat(paddingLeft) + parseFloat(paddingRight);
    ruler.style.inlineSize = `${width - across}px`;
    const page = ruler.contentDocument;
    const root = page?.documentElement;
    const high = Math.max(root?.scrollHeight ?? 0, page?.body?.scrollHeight ?? 0, root?.getBoundingClientRect().height ?? 0);
    return { wide: (root?.scrollWidth ?? 0) + across, high: high + parseFloat(paddingTop) + parseFloat(paddingBottom) };
  };

  const measure = () => {
    if (!ruler.contentDocument?.body || !frame.isConnected || room.clientWidth === 0) {
      return;
    }
    const { width, height, scale } = fitting(room.clientWidth, lay);
    const scaled = scale < 1;
    frame.style.inlineSize = scaled ? `${width}px` : "";
    frame.style.blockSize = `${height}px`;
    frame.style.transform = scaled ? `scale(${scale})` : "";
    // A transform leaves the room that the frame took before.
    frame.style.marginBlockEnd = scaled ? `${Math.ceil(height * scale) - height}px` : "";
    frame.classList.toggle("is-scaled", scaled);
    frame.classList.toggle("is-fitted", height < TALLEST && width < room.clientWidth / SMALLEST - 1);
  };

  ruler.addEventListener("load", () => {
    measure();
    for (const image of ruler.contentDocument?.images ?? []) {
      if (!image.complete) {
        image.addEventListener("load", measure, { once: true });
        image.addEventListener("error", measure, { once: true });
      }
    }
    let width = room.clientWidth;
    const gone = new AbortController();
    const observer = new ResizeObserver(() => {
      if (!frame.isConnected) {
        observer.disconnect();
        gone.abort();
      } else if (room.clientWidth !== width) {
        width = room.clientWidth;
        measure();
      }
    });
    observer.observe(room);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", measure, { signal: gone.signal });
  });
  frame.after(ruler);
}

export function startFrames(): void {
  whenShown<HTMLIFrameElement>("iframe.letter-frame[data-measure-url]", fit);
}
