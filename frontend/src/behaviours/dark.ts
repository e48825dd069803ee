/** Shows a letter in dark, or as it was written, without loading the page anew. */
function turn(link: HTMLAnchorElement): boolean {
  const frame = link.closest(".letter")?.querySelector<HTMLIFrameElement>("iframe.letter-frame");
  const letter = frame?.contentWindow;
  if (!frame || !letter) {
    return false;
  }
  const dark = frame.classList.toggle("is-dark");
  const url = new URL(frame.src);
  if (dark) {
    url.searchParams.set("dark", "true");
  } else {
    url.searchParams.delete("dark");
  }
  // Another letter would be one more step back.
  letter.location.replace(url.href);
  const words = link.textContent;
  link.textContent = link.dataset["other"] ?? words;
  link.dataset["other"] = words;
  return true;
}

export function startDark(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-dark]") : null;
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && turn(link)) {
      event.preventDefault();
    }
  });
}
