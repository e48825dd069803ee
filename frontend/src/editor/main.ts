import "./editor.css";
import { startChips } from "./chips";
import { startKeyboard } from "./keyboard";
import { startRich } from "./rich";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-testid='compose-form']")) {
  startChips(form);
  startRich(form);
  startKeyboard();
}
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) {
  startRich(form);
}
