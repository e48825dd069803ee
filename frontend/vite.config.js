import { defineConfig } from "vite";

// Fixed names: the server puts the content hash into the address.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../target/classes/static/assets",
    emptyOutDir: false,
    target: ["chrome123", "firefox128", "safari17.5"],
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    sourcemap: false,
    rolldownOptions: {
      input: "src/main.ts",
      output: {
        entryFileNames: "app.js",
        assetFileNames: (asset) => (asset.names.some((name) => name.endsWith(".css")) ? "app.css" : "[name][extname]"),
        codeSplitting: false,
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.spec.ts"],
  },
});
