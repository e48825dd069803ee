/** Keeps what sticks to the bottom above a keyboard that lies over the page, where the browser does not make the page smaller. */
export function startKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) {
    return;
  }
  const settle = () => {
    const covered = Math.max(0, window.innerHeight - seen.height - seen.offsetTop);
    // Bars of a browser are not a keyboard; nor is what is out of view because somebody zoomed in.
    const keyboard = covered > 120 && seen.scale < 1.05 ? covered : 0;
    document.documentElement.style.setProperty("--keyboard", `${Math.round(keyboard)}px`);
  };
  seen.addEventListener("resize", settle);
  seen.addEventListener("scroll", settle);
  settle();
}
