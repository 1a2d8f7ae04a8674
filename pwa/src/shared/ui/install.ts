// Putting the app on the home screen: null where the browser does not offer it, else what asks.
import { signal } from "@preact/signals";

/** Chromium's event; it is in no standard and in no type library. */
type InstallEvent = Event & { prompt: () => Promise<unknown> };

export const install = signal<(() => void) | null>(null);

/** Keeps the browser's offer for a button instead of its own bar. */
export function watchInstall(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    install.value = () => {
      install.value = null;
      void (event as InstallEvent).prompt();
    };
  });
}
