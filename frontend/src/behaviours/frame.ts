import { whenShown } from "./page";

/** Longer letters scroll inside their frame: browsers paint very tall pages badly. In CSS pixels. */
export const TALLEST = 20_000;

/** The height a frame needs for content so high and so wide, with room for a scroll bar below content that is too wide. */
export function frameHeight(content: number, contentWidth: number, frameWidth: number): number {
  const bar = contentWidth > frameWidth + 1 ? 18 : 0;
  return Math.min(Math.max(Math.ceil(content) + bar, 48), TALLEST);
}

/**
 * The letter's own frame has an opaque origin, so nothing can look into it. A second, hidden frame without scripts but of our
 * origin loads the same letter at the same width, and is measured instead.
 */
function fit(frame: HTMLIFrameElement): void {
  const url = frame.dataset["measureUrl"];
  if (!url) {
    return;
  }
  const ruler = document.createElement("iframe");
  ruler.className = "measure";
  ruler.setAttribute("sandbox", "allow-same-origin");
  ruler.setAttribute("aria-hidden", "true");
  ruler.tabIndex = -1;
  ruler.title = "";
  ruler.src = url;

  const measure = () => {
    const page = ruler.contentDocument;
    const root = page?.documentElement;
    if (!page?.body || !root || !frame.isConnected) {
      return;
    }
    const high = Math.max(root.scrollHeight, page.body.scrollHeight, root.getBoundingClientRect().height);
    const height = frameHeight(high, root.scrollWidth, root.clientWidth);
    frame.style.blockSize = `${height}px`;
    frame.classList.toggle("is-fitted", height < TALLEST);
  };

  ruler.addEventListener("load", () => {
    measure();
    for (const image of ruler.contentDocument?.images ?? []) {
      if (!image.complete) {
        image.addEventListener("load", measure, { once: true });
        image.addEventListener("error", measure, { once: true });
      }
    }
    let width = frame.clientWidth;
    const observer = new ResizeObserver(() => {
      if (!frame.isConnected) {
        observer.disconnect();
      } else if (frame.clientWidth !== width) {
        width = frame.clientWidth;
        measure();
      }
    });
    observer.observe(frame);
  });
  frame.after(ruler);
}

export function startFrames(): void {
  whenShown<HTMLIFrameElement>("iframe.letter-frame[data-measure-url]", fit);
}
