// The stations kept on the phone: follows the server's changes feed, answers "nearest" without a network.
import { distanceM, type LatLon } from "../geo/distance.ts";
import { database } from "./db.ts";
import { get, set } from "./kv.ts";
import { nearest } from "./nearest.ts";
import type { NearestAnswer, NearestQuery, StationDetail, StoredStation } from "./types.ts";

/** How much the phone keeps: about 20 MB; of more the farthest from where the rider last was go. */
const MOST_STATIONS = 20_000;
const PAGE_SIZE = 500;
/** One run reads at most this many pages, the next goes on from the cursor. */
const MOST_PAGES_A_RUN = 40;
/** Hours are sent for seven days: after this the whole feed is read again, so that they never run out. */
const RENEW_AFTER_MS = 2 * 24 * 3600 * 1000;

type Change = { type: "upsert"; station: StationDetail } | { type: "delete"; id: string };
type Page = { items: Change[]; next_cursor: string; more: boolean; revision: number };

/** How far the feed was followed. `walk_started_at`: when its present walk from the start began (ms). */
type FeedState = {
  cursor: string | null;
  revision: number;
  walk_started_at: number;
  complete: boolean;
  saved_at: number;
};

const STATE_KEY = "stations-feed";
const LOCK_NAME = "nuanfeng-stations-feed";

let memory: { revision: string; stations: StoredStation[] } | null = null;

/** One tab at a time follows the feed; the others return at once. */
async function alone(work: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return work();
  await locks.request(LOCK_NAME, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

async function askPage(cursor: string | null): Promise<Page | "too-old" | null> {
  const since = cursor ? `&since=${encodeURIComponent(cursor)}` : "";
  const response = await fetch(`/v1/stations/changes?limit=${PAGE_SIZE}${since}`);
  if (response.status === 410) return "too-old";
  return response.ok ? ((await response.json()) as Page) : null;
}

async function keep(page: Page, savedAt: number): Promise<void> {
  const db = await database();
  if (!db) return;
  const transaction = db.transaction("stations", "readwrite");
  for (const change of page.items) {
    if (change.type === "upsert") transaction.store.put({ ...change.station, saved_at: savedAt });
    else transaction.store.delete(change.id);
  }
  await transaction.done;
}

/** After a walk from the start: what it did not name is gone from the catalogue. */
async function dropOlderThan(startedAt: number): Promise<void> {
  const db = await database();
  if (!db) return;
  const transaction = db.transaction("stations", "readwrite");
  for await (const cursor of transaction.store) {
    if (cursor.value.saved_at < startedAt) cursor.delete();
  }
  await transaction.done;
}

async function dropFarthest(): Promise<void> {
  const db = await database();
  if (!db || (await db.count("stations")) <= MOST_STATIONS) return;
  const centre = await get<LatLon>("last-place");
  if (!centre) return;
  const all = await db.getAll("stations");
  all.sort((a, b) => distanceM(centre, a) - distanceM(centre, b));
  const transaction = db.transaction("stations", "readwrite");
  for (const station of all.slice(MOST_STATIONS)) transaction.store.delete(station.id);
  await transaction.done;
}

async function follow(): Promise<void> {
  if (!(await database())) return;
  const now = Date.now();
  const fresh: FeedState = { cursor: null, revision: 0, walk_started_at: now, complete: false, saved_at: 0 };
  let state = (await get<FeedState>(STATE_KEY)) ?? fresh;
  if (state.complete && now - state.walk_started_at > RENEW_AFTER_MS) state = { ...fresh, saved_at: state.saved_at };

  for (let pages = 0; pages < MOST_PAGES_A_RUN && !document.hidden; pages += 1) {
    const page = await askPage(state.cursor);
    if (page === null) return;
    if (page === "too-old") {
      if (state.cursor === null) return;
      state = { ...fresh, saved_at: state.saved_at };
      continue;
    }
    const savedAt = Date.now();
    await keep(page, savedAt);
    if (!page.more && !state.complete) await dropOlderThan(state.walk_started_at);
    state = {
      cursor: page.next_cursor,
      revision: page.revision,
      walk_started_at: state.walk_started_at,
      complete: state.complete || !page.more,
      saved_at: savedAt,
    };
    await dropFarthest();
    await set(STATE_KEY, state);
    if (!page.more) return;
  }
}

/**
 * Takes in what has changed since the last time. Quiet when there is no network or no database; stops while
 * the page is hidden; safe in several tabs. Call it after an answer has shown that the server is there.
 */
export async function followChanges(): Promise<void> {
  try {
    await alone(follow);
  } catch {
    // The network went away in the middle: the cursor stands where the last whole page ended.
  }
}

async function saved(state: FeedState): Promise<StoredStation[]> {
  const revision = `${state.revision}/${state.saved_at}`;
  if (memory?.revision === revision) return memory.stations;
  const stations = (await (await database())?.getAll("stations")) ?? [];
  memory = { revision, stations };
  return stations;
}

/** The nearest among the saved stations, with the time (ms) of the facts; null when nothing is saved. */
export async function nearestOffline(query: NearestQuery): Promise<(NearestAnswer & { saved_at: number }) | null> {
  const state = await get<FeedState>(STATE_KEY);
  if (!state) return null;
  const stations = await saved(state);
  if (stations.length === 0) return null;
  return { ...nearest(stations, query, Date.now(), state.revision), saved_at: state.saved_at };
}

/** One saved station, or null. */
export async function savedStation(id: string): Promise<StoredStation | null> {
  const db = await database();
  try {
    return (await db?.get("stations", id)) ?? null;
  } catch {
    return null;
  }
}
