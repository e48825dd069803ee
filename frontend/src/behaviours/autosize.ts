import { whenShown } from "./page";

/** Lets a text grow with its words where the style sheet's `field-sizing` is not known yet. */
export function startAutosize(): void {
  if (CSS.supports("field-sizing", "content")) {
    return;
  }
  whenShown<HTMLTextAreaElement>("textarea[data-autosize]", (field) => {
    const grow = () => {
      field.style.blockSize = "auto";
      field.style.blockSize = `${field.scrollHeight}px`;
    };
    field.addEventListener("input", grow);
    grow();
  });
}
