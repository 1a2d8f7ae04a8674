// The list's state: asks the server for what lies nearest, or the phone's own store when there is no network.
import { effect, signal } from "@preact/signals";
import { readNearest } from "../../shared/api/client.ts";
import type { Place } from "../../shared/device/place.ts";
import type { Near, NearestAnswer, NearestQuery } from "../../shared/store/types.ts";
import { services, type When, when } from "./filters.ts";
import { travel } from "./preferences.ts";
import { nameAfter, place, startPlace } from "./whereabouts.ts";

/** The phone's store is not needed for the first rows: it is loaded after them, or when the network is away. */
const store = () => import("../../shared/store/stations.ts");

/** "Near" ends here unless the rider looks farther; ten minutes by e-bike. */
export const NEAR_M = 3000;
export const PAGE = 10;
const MOST = 100;
/** An answer this old is asked for again when the list is shown again. */
const FRESH_MS = 60_000;
/** Rows of the question before stay this long, so that a quick answer does not flicker. */
const KEEP_ROWS_MS = 300;
/** The nearest place's district names where the rider is if it lies this near, its street if it lies nearer still. */
const DISTRICT_WITHIN_M = 3000;
const STREET_WITHIN_M = 800;

export type View =
  | { state: "loading" }
  | { state: "failed"; offline: boolean }
  /** `savedAt` (ms): the facts come from the phone's store, being offline or because the server failed. */
  | { state: "ready"; answer: NearestAnswer; savedAt: number | null; offline: boolean };

export const view = signal<View>({ state: "loading" });
/** Rows asked for, and whether beyond NEAR_M. Both fall back when another question is asked. */
export const limit = signal(PAGE);
export const far = signal(false);
/** The folded places that cannot be used now; null while folded. */
export const hidden = signal<Near[] | null>(null);

export type Question = { place: Place; services: readonly string[]; when: When; travel: "foot" | "ebike" };

/** The question to the server. At night what is closed now counts too: it is asked for tonight. */
export function queryOf({ place: { lat, lon }, ...q }: Question, rows: number, farther: boolean): NearestQuery {
  return {
    lat,
    lon,
    open: q.when === "night" ? "any" : "possible",
    limit: rows,
    left_out: true,
    ...(q.services.length > 0 && { services: [...q.services] }),
    ...(q.when === "arrival" && { travel: q.travel }),
    ...(q.when === "night" && { all_night: true }),
    ...(!farther && { max_m: NEAR_M }),
  };
}

function question(): Question | null {
  const here = place.value;
  return here && { place: here, services: services.value, when: when.value, travel: travel.value };
}

/** What makes a question another one (the label does not). */
function keyOf(q: Question): string {
  return JSON.stringify([q.place.lat, q.place.lon, q.services, q.when, q.when === "arrival" ? q.travel : null]);
}

let asked = { key: "", at: 0, turn: 0 };

async function load(q: Question): Promise<void> {
  const turn = asked.turn + 1;
  asked = { key: keyOf(q), at: Date.now(), turn };
  const clear = setTimeout(() => {
    view.value = { state: "loading" };
  }, KEEP_ROWS_MS);
  const query = queryOf(q, limit.peek(), far.peek());
  const next = await answered(query);
  clearTimeout(clear);
  if (turn !== asked.turn) return;
  hidden.value = null;
  view.value = next;
  if (next.state !== "ready" || next.savedAt !== null) return;
  const [first] = next.answer.items;
  if (first && first.distance_m < DISTRICT_WITHIN_M) {
    void nameAfter(first.region_code, first.distance_m < STREET_WITHIN_M);
  }
  void store().then(
    ({ followChanges }) => followChanges(),
    () => undefined,
  );
}

async function answered(query: NearestQuery): Promise<View> {
  const answer = await readNearest(query);
  if (answer.ok) return { state: "ready", answer: answer.data, savedAt: null, offline: false };
  const saved = await store().then(
    ({ nearestOffline }) => nearestOffline(query),
    () => null,
  );
  const offline = answer.failure.why === "offline";
  if (saved) return { state: "ready", answer: saved, savedAt: saved.saved_at, offline };
  return { state: "failed", offline };
}

/** Keeps the list true while it is on the screen; answers how to stop. */
export function keepNearest(): () => void {
  void startPlace().then(() => {
    if (!place.peek()) view.value = { state: "failed", offline: true };
  });
  const stop = effect(() => {
    const q = question();
    if (!q) return;
    const same = keyOf(q) === asked.key;
    if (same && Date.now() - asked.at < FRESH_MS && view.peek().state === "ready") return;
    if (!same) {
      limit.value = PAGE;
      far.value = false;
    }
    void load(q);
  });
  const shown = () => {
    if (!document.hidden && Date.now() - asked.at > FRESH_MS) refresh();
  };
  document.addEventListener("visibilitychange", shown);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", shown);
  };
}

export function refresh(): void {
  const q = question();
  if (q) void load(q);
  else void startPlace();
}

export function more(): void {
  limit.value = Math.min(MOST, limit.value + PAGE);
  refresh();
}

export function lookFarther(): void {
  far.value = true;
  refresh();
}

/** Of everything within the list's reach, what has the asked services but is closed, or has one broken. */
export function unusable(all: readonly Near[], shown: readonly Near[], wanted: readonly string[]): Near[] {
  const listed = new Set(shown.map((near) => near.id));
  return all.filter(
    (near) => !listed.has(near.id) && wanted.every((kind) => near.services.some((service) => service.kind === kind)),
  );
}

/** Unfolds the places that cannot be used now. */
export async function showHidden(): Promise<void> {
  const now = view.value;
  const q = question();
  if (now.state !== "ready" || !q) return;
  const last = now.answer.items[now.answer.items.length - 1];
  const { services: _, all_night: __, left_out: ___, ...query } = queryOf(q, MOST, true);
  const next = await answered({ ...query, open: "any", max_m: last ? Math.ceil(last.distance_m) : NEAR_M });
  if (next.state === "ready") hidden.value = unusable(next.answer.items, now.answer.items, q.services);
}
