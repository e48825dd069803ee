import { defineConfig, mergeConfig } from "vite";
import pages from "./vite.config.js";

// The editor is a bundle of its own: only the page on which one writes loads it.
export default mergeConfig(
  pages,
  defineConfig({
    build: {
      rolldownOptions: {
        input: "src/editor/main.ts",
        output: {
          entryFileNames: "editor.js",
          assetFileNames: (asset) => (asset.names.some((name) => name.endsWith(".css")) ? "editor.css" : "[name][extname]"),
        },
      },
    },
  }),
);
