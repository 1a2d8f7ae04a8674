// Registers the service worker and asks before a new version takes over; never reloads by itself.

/** Look for a new version at most this often when the page is shown again. */
const ASK_AGAIN_MS = 3_600_000;

/**
 * Calls `onUpdate` when a newer version is ready; `apply` reloads into it and is for a button to call.
 * Also called when a lazy part of this version is no longer on the server (no worker, and a deploy since).
 */
export function registerUpdates(onUpdate: (apply: () => void) => void): void {
  const reload = () => location.reload();
  window.addEventListener("vite:preloadError", () => onUpdate(reload));

  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!container) return;

  let applied = false;
  // Another tab may apply the update: this one goes on with its old parts, which stay cached, and is asked too.
  const controlled = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    if (applied) reload();
    else if (controlled) onUpdate(reload);
  });

  const offer = (waiting: ServiceWorker) =>
    onUpdate(() => {
      applied = true;
      waiting.postMessage("apply");
    });

  container
    .register("/sw.js")
    .then((registration) => {
      if (registration.waiting && container.controller) offer(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing;
        worker?.addEventListener("statechange", () => {
          if (worker.state === "installed" && container.controller) offer(worker);
        });
      });
      let asked = Date.now();
      document.addEventListener("visibilitychange", () => {
        if (document.hidden || Date.now() - asked < ASK_AGAIN_MS) return;
        asked = Date.now();
        registration.update().catch(() => undefined);
      });
    })
    .catch(() => undefined); // A browser that refuses workers still has the app, online.
}
