// The stations kept on the phone: follows the server's changes feed, answers "nearest" without a network.
import { distanceM, type LatLon } from "../geo/distance.ts";
import { type Database, database } from "./db.ts";
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
/** When the feed was followed to its end, it is asked again after this at the soonest. */
const REST_MS = 30_000;
const MINUTE_MS = 60_000;

type Page = { items: Change[]; next_cursor: string; more: boolean; revision: number };
type Asked = { page: Page; serverNow: number };

/** How far the feed was followed. `walk`: when its present walk from the start began; times by the phone's clock. */
type FeedState = {
  cursor: string | null;
  revision: number;
  walk: number;
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

async function askPage(cursor: string | null): Promise<Asked | "too-old" | null> {
  const since = cursor ? `&since=${encodeURIComponent(cursor)}` : "";
  const response = await fetch(`/v1/stations/changes?limit=${PAGE_SIZE}${since}`);
  if (response.status === 410) return "too-old";
  if (!response.ok) return null;
  const serverNow = Date.parse(response.headers.get("Date") ?? "");
  return { page: (await response.json()) as Page, serverNow: Number.isNaN(serverNow) ? Date.now() : serverNow };
}

async function keep(db: Database, { page, serverNow }: Asked, walk: number): Promise<void> {
  const transaction = db.transaction("stations", "readwrite");
  const about = { saved_at: Date.now(), hours_from: Math.floor(serverNow / MINUTE_MS) * MINUTE_MS, walk };
  for (const change of page.items) {
    if (change.type === "upsert") void transaction.store.put({ ...change.station, ...about });
    else void transaction.store.delete(change.id);
  }
  await transaction.done;
}

/** After a walk from the start: what it did not name is gone from the catalogue. */
async function dropUnnamed(db: Database, walk: number): Promise<void> {
  const transaction = db.transaction("stations", "readwrite");
  for await (const cursor of transaction.store) {
    if (cursor.value.walk !== walk) void cursor.delete();
  }
  await transaction.done;
}

async function dropFarthest(db: Database): Promise<void> {
  if ((await db.count("stations")) <= MOST_STATIONS) return;
  const all = await db.getAll("stations");
  const centre = (await get<LatLon>("last-place")) ?? (all[0] as LatLon);
  all.sort((a, b) => distanceM(centre, a) - distanceM(centre, b));
  const transaction = db.transaction("stations", "readwrite");
  for (const station of all.slice(MOST_STATIONS)) void transaction.store.delete(station.id);
  await transaction.done;
}

function anew(now: number, before: FeedState | null): FeedState {
  return { cursor: null, revision: before?.revision ?? 0, walk: now, complete: false, saved_at: before?.saved_at ?? 0 };
}

async function follow(): Promise<void> {
  const db = await database();
  if (!db) return;
  const now = Date.now();
  let state = (await get<FeedState>(STATE_KEY)) ?? anew(now, null);
  if (state.complete && now - state.saved_at < REST_MS) return;
  if (state.complete && now - state.walk > RENEW_AFTER_MS) state = anew(now, state);

  for (let pages = 0; pages < MOST_PAGES_A_RUN && !document.hidden; pages += 1) {
    const asked = await askPage(state.cursor);
    if (asked === null) return;
    if (asked === "too-old") {
      if (state.cursor === null) return;
      state = anew(now, state);
      continue;
    }
    await keep(db, asked, state.walk);
    const { next_cursor, more, revision } = asked.page;
    if (!more && !state.complete) await dropUnnamed(db, state.walk);
    await dropFarthest(db);
    state = { ...state, cursor: next_cursor, revision, complete: state.complete || !more, saved_at: Date.now() };
    await set(STATE_KEY, state);
    if (!more) return;
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
