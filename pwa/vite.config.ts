// How the PWA is built: one page for riders, an icon sprite in it, a service worker of our own beside it.
import { defineConfig } from "vite";
import { icons } from "./vite-icons.ts";
import { serviceWorker } from "./vite-sw.ts";

export default defineConfig({
  plugins: [icons(), serviceWorker()],
  build: {
    // The oldest engine promised: WebViews of phones that get no updates.
    target: "chrome87",
    cssTarget: "chrome87",
    reportCompressedSize: false,
    // The page's policy takes pictures from files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8000" } },
});
