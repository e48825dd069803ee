/** Menus are `details`: they open without scripts; scripts close them where a reader expects it. */
export function startMenus(): void {
  const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");

  document.addEventListener("click", (event) => {
    const target = event.target as Element | null;
    for (const menu of openMenus()) {
      if (!menu.contains(target) || target?.closest(".menu-item")) {
        menu.open = false;
      }
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
