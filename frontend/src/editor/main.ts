import "./editor.css";
import { startAutosave } from "../behaviours/autosave";
import { startUploads } from "../behaviours/upload";
import { startCanned } from "./canned";
import { startChips } from "./chips";
import { startHints } from "./hints";
import { startKeyboard } from "./keyboard";
import { startRich } from "./rich";

// First, so that what the editor makes of a letter is no change of it.
startAutosave();
startUploads();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-testid='compose-form']")) {
  startChips(form);
  startHints(form);
  startCanned(form, startRich(form));
  startKeyboard();
}
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) {
  startRich(form);
}
