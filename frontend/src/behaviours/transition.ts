/** A page may turn out not to fade into the next (a download, a file, a hidden tab): that is no error of the page. */
export function startTransitions(): void {
  const quiet = (event: Event & { viewTransition?: ViewTransition | null }) => {
    event.viewTransition?.ready.catch(() => {});
    event.viewTransition?.finished.catch(() => {});
  };
  addEventListener("pageswap", quiet);
  addEventListener("pagereveal", quiet);
}
