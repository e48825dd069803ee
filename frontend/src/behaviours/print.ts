export function startPrint(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element | null)?.closest("[data-print]")) {
      print();
    }
  });
}
