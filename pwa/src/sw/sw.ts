// The service worker: keeps the app's shell so that it opens without a network. Written into /sw.js by vite-sw.ts.
// It never keeps an answer of the API except the public list of regions; stations are kept by shared/store in IndexedDB.
export {};

declare const self: ServiceWorkerGlobalScope;
/** Addresses of the rider's shell, "/" first, and a hash of what they hold: filled in by the build. */
declare const __SHELL__: string[];
declare const __BUILD__: string;

const SHELL_PREFIX = "shell-";
const SHELL_CACHE = SHELL_PREFIX + __BUILD__;
const LISTS_CACHE = "public-lists";
/** Shells kept besides the present one: a tab that still runs an older version finds its lazy parts there. */
const OLD_SHELLS = 2;
/** Lists anyone may read that the screens need without a network too; asked anew whenever the network allows. */
const PUBLIC_LISTS = new Set(["/v1/regions"]);
const LIST_PATIENCE_MS = 4000;
/** Addresses that are not the rider's app: the server's own pages and the console. */
const NOT_THE_APP = /^\/(v1|console|docs|redoc|openapi|healthz|readyz|metrics|basemap)(\/|\.|$)/;
const SHELL = new Set(__SHELL__);

async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  await Promise.all(
    __SHELL__.map(async (url) => {
      // A hashed file that an older shell has is the same file: not loaded again over a weak network.
      const had = url.startsWith("/assets/") ? await caches.match(url) : undefined;
      if (had) return cache.put(url, had);
      const response = await fetch(url, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return cache.put(url, response);
    }),
  );
}

async function dropOldShells(): Promise<void> {
  const shells = (await caches.keys()).filter((key) => key.startsWith(SHELL_PREFIX) && key !== SHELL_CACHE);
  await Promise.all(shells.slice(0, -OLD_SHELLS || undefined).map((key) => caches.delete(key)));
}

/** The page from the shell at once; behind it the server's headers (its security policy) are brought up to date. */
async function page(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(SHELL_CACHE);
  const kept = await cache.match("/");
  if (!kept) return fetch(event.request);
  const text = await kept.clone().text();
  event.waitUntil(
    fetch("/", { cache: "no-cache" })
      .then(async (response) => {
        // Another text is another version: that one comes with its own worker.
        if (response.ok && (await response.clone().text()) === text) await cache.put("/", response);
      })
      .catch(() => undefined),
  );
  return kept;
}

async function part(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** A public list from the network, else as it was, saying since when. */
async function list(request: Request): Promise<Response> {
  const cache = await caches.open(LISTS_CACHE);
  const kept = await cache.match(request);
  const asked = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(request, response.clone());
    return response;
  });
  if (!kept) return asked;
  const headers = new Headers(kept.headers);
  headers.set("X-Nuanfeng-Saved", kept.headers.get("Date") ?? "");
  const saved = new Response(kept.body, { status: kept.status, headers });
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(saved), LIST_PATIENCE_MS));
  return Promise.race([asked.catch(() => saved), patience]);
}

self.addEventListener("install", (event) => event.waitUntil(keepShell()));

self.addEventListener("activate", (event) => event.waitUntil(dropOldShells().then(() => self.clients.claim())));

self.addEventListener("message", (event) => {
  if (event.data === "apply") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (PUBLIC_LISTS.has(url.pathname)) event.respondWith(list(request));
  else if (request.mode === "navigate") {
    const isFile = url.pathname.slice(url.pathname.lastIndexOf("/")).includes(".");
    if (!NOT_THE_APP.test(url.pathname) && !isFile) event.respondWith(page(event));
  } else if (SHELL.has(url.pathname) || url.pathname.startsWith("/assets/")) event.respondWith(part(request));
});
