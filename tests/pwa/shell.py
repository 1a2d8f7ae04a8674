"""What a test asks a page's service worker and store for: ready, filled, what they keep."""

import time

from playwright.sync_api import Page

# Opens the page's database only when it is there: opening it first would make an empty one.
_ASK = """async (question) => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "nuanfeng")) return null;
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await done(indexedDB.open("nuanfeng"));
  const store = (name) => db.transaction(name).objectStore(name);
  const answer = question === "count"
    ? await done(store("stations").count())
    : (await done(store("kv").get("stations-feed")))?.complete === true;
  db.close();
  return answer;
}"""
_CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).keys();
    for (const { url } of kept) found.push(name + " " + new URL(url).pathname);
  }
  return found;
}"""


def wait_until_kept(page: Page) -> None:
    """Until the worker controls the page and the whole catalogue is on the phone."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    # wait_for_function takes a promise for an answer: asked again and again from here instead.
    deadline = time.monotonic() + 10
    while page.evaluate(_ASK, "complete") is not True:
        assert time.monotonic() < deadline, "the phone does not finish following the feed"
        page.wait_for_timeout(50)


def saved_stations(page: Page) -> int:
    """How many stations the phone keeps."""
    count: int | None = page.evaluate(_ASK, "count")
    return count or 0


def cached(page: Page) -> list[str]:
    """Everything in the caches: `name path`."""
    found: list[str] = page.evaluate(_CACHED)
    return found


def only_network_errors(errors: list[str]) -> None:
    """Take out what Chromium says of files and servers that are gone; the rest fails the test."""
    said = ("Failed to load resource", "Unable to preload", "Failed to fetch dynamically imported module")
    errors[:] = [error for error in errors if not any(text in error for text in said)]
