// The map's state: what lies in the part that is shown, by the list's own filters; the chosen station.
import { effect, signal } from "@preact/signals";
import { readNearest } from "../../shared/api/client.ts";
import { distanceM, type LatLon } from "../../shared/geo/distance.ts";
import { arrivalMs } from "../../shared/store/nearest.ts";
import { nearestOffline } from "../../shared/store/stations.ts";
import type { Near, NearestQuery } from "../../shared/store/types.ts";
import { services, type When, when } from "./filters.ts";
import { queryOf } from "./nearest.ts";
import { travel } from "./preferences.ts";
import { place } from "./whereabouts.ts";

/** The API lists no more at once; the nearest to the middle of the map win. */
export const MOST = 100;
/** The map rests this long before it is asked about. */
const REST_MS = 250;

export type Shown = LatLon & { radius_m: number };
export type Around = { items: Near[]; savedAt: number | null } | { failed: true };

export const around = signal<Around | null>(null);
export const chosen = signal<string | null>(null);
/** The part of the map that is shown; null until it stands. */
export const shown = signal<Shown | null>(null);

export type MapQuestion = {
  part: Shown;
  /** From where the rider counts distances, if known. */
  from: LatLon | null;
  services: readonly string[];
  when: When;
  travel: "foot" | "ebike";
  now: number;
};

/**
 * What to ask for the part that is shown. Arrival is judged from the rider, not from the middle of the map: a part
 * elsewhere is asked about for the moment the rider could be there.
 */
export function mapQuery({ part, from, now, ...q }: MapQuestion): NearestQuery {
  const here = { lat: part.lat, lon: part.lon, label: null, at: now, how: "map" } as const;
  const { travel: mode, left_out: _, ...query } = queryOf({ ...q, place: here }, MOST, true);
  const asked = { ...query, max_m: Math.ceil(part.radius_m) };
  if (!mode) return asked;
  return { ...asked, at: new Date(now + arrivalMs(from ? distanceM(from, part) : 0, mode)).toISOString() };
}

/** Items with the distance from the rider, which is what a row says, the nearest of them first. */
export function seenFrom(from: LatLon | null, items: Near[]): Near[] {
  if (!from) return items;
  const seen = items.map((near) => ({ ...near, distance_m: distanceM(from, near) }));
  return seen.sort((a, b) => a.distance_m - b.distance_m);
}

let turn = 0;

async function look(question: MapQuestion): Promise<void> {
  turn += 1;
  const mine = turn;
  const query = mapQuery(question);
  const answer = await readNearest(query);
  const saved = answer.ok ? null : await nearestOffline(query);
  if (mine !== turn) return;
  const found = answer.ok ? answer.data : saved;
  if (!found) {
    around.value = { failed: true };
    return;
  }
  const items = seenFrom(question.from, found.items);
  around.value = { items, savedAt: saved?.saved_at ?? null };
  if (!items.some(({ id }) => id === chosen.peek())) chosen.value = null;
}

/** Keeps the pins true while the map is on the screen; answers how to stop. */
export function keepAround(): () => void {
  let timer = 0;
  const stop = effect(() => {
    const part = shown.value;
    const question = { from: place.value, services: services.value, when: when.value, travel: travel.value };
    clearTimeout(timer);
    if (!part) return;
    timer = window.setTimeout(() => void look({ ...question, part, now: Date.now() }), REST_MS);
  });
  return () => {
    clearTimeout(timer);
    turn += 1;
    stop();
    shown.value = null;
    around.value = null;
    chosen.value = null;
  };
}

/** Asks about the same part again. */
export function lookAgain(): void {
  if (shown.value) shown.value = { ...shown.value };
}

/** OpenStreetMap's data may be shown only with its line. */
export function isOsm({ source }: Near): boolean {
  return /\bosm\b|openstreetmap/i.test(source.name);
}
