/** Menus are `details`: they open without scripts; scripts close them where a reader expects it. */
export function startMenus(): void {
  const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");

  document.addEventListener("click", (event) => {
    const target = event.target as Element | null;
    for (const menu of openMenus()) {
      if (!menu.contains(target) || target?.closest(".menu-item:not(summary)")) {
        // A list that is shown anew gives the focus back to where it was, which must not be in a menu that closed.
        if (target?.closest("a.menu-item") && menu.contains(target)) {
          menu.querySelector("summary")?.focus();
        }
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
