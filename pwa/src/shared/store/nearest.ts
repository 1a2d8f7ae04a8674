// Nearest stations computed on the phone: same order, filters and words as GET /v1/stations/nearest. Pure.
import { distanceM, roundedToMm } from "../geo/distance.ts";
import { comingNight, covers, openingAt } from "./hours.ts";
import type { Near, NearestAnswer, NearestQuery, Opening, StoredStation } from "./types.ts";

/** A street is this much longer than the straight line. */
const DETOUR_FACTOR = 1.4;
const SPEED_KMH = { foot: 5, ebike: 18 } as const;
const CLOSES_SOON_MS = 15 * 60 * 1000;
const DEFAULT_LIMIT = 10;

/** How long a straight line of so many metres takes on the streets. */
export function arrivalMs(straight_m: number, mode: keyof typeof SPEED_KMH): number {
  return ((straight_m * DETOUR_FACTOR) / (SPEED_KMH[mode] / 3.6)) * 1000;
}

type Candidate = { station: StoredStation; distance_m: number };
type Judged = { near: Near; hidden: "closed" | "broken" | null };

function lacks(station: StoredStation, wanted: string[]): "absent" | "broken" | null {
  let broken = false;
  for (const kind of wanted) {
    const found = station.services.find((service) => service.kind === kind);
    if (!found) return "absent";
    if (found.state === "broken") broken = true;
  }
  return broken ? "broken" : null;
}

function openEnough(state: Opening["state"], wanted: NearestQuery["open"]): boolean {
  if (wanted === "certain") return state === "open";
  return wanted !== "possible" || state !== "closed";
}

function openAllNight(station: StoredStation, query: NearestQuery, ms: number): boolean {
  const [from, to] = comingNight(ms);
  const counted =
    query.open === "certain" ? station.open_intervals : [...station.open_intervals, ...station.unknown_intervals];
  return covers(counted, from, to);
}

/** Answers `query` over `stations` as of `nowMs`; `revision` is that of the saved catalogue. */
export function nearest(
  stations: Iterable<StoredStation>,
  query: NearestQuery,
  nowMs: number,
  revision: number,
): NearestAnswer {
  const wanted = query.services ?? [];
  const limit = query.limit ?? DEFAULT_LIMIT;
  const askedMs = query.at ? Date.parse(query.at) : nowMs;
  const speed = query.travel ? SPEED_KMH[query.travel] : null;

  const candidates: Candidate[] = [];
  for (const station of stations) {
    if (lacks(station, wanted) === "absent") continue;
    candidates.push({ station, distance_m: roundedToMm(distanceM(query, station)) });
  }
  candidates.sort((a, b) => a.distance_m - b.distance_m || (a.station.id < b.station.id ? -1 : 1));

  const judge = ({ station, distance_m }: Candidate): Judged => {
    const judgedMs = askedMs + (query.travel ? arrivalMs(distance_m, query.travel) : 0);
    const opening = openingAt(station, judgedMs);
    const { open_intervals, unknown_intervals, saved_at, ...facts } = station;
    const near: Near = {
      ...facts,
      distance_m,
      opening,
      arrives_at: speed ? new Date(judgedMs).toISOString() : null,
      closes_soon: speed ? opening.until !== null && Date.parse(opening.until) - judgedMs <= CLOSES_SOON_MS : null,
    };
    if (lacks(station, wanted) === "broken") return { near, hidden: "broken" };
    const open = openEnough(opening.state, query.open) && (!query.all_night || openAllNight(station, query, askedMs));
    return { near, hidden: open ? null : "closed" };
  };

  const items: Near[] = [];
  let beyond: Near | null = null;
  const leftOut = { closed: 0, broken: 0 };
  const pending = { closed: 0, broken: 0 };
  for (const candidate of candidates) {
    if (items.length === limit) break;
    const outside = query.max_m !== undefined && candidate.distance_m > query.max_m;
    if (outside && items.length > 0) break;
    const { near, hidden } = judge(candidate);
    if (hidden) {
      pending[hidden] += 1;
      continue;
    }
    if (outside) {
      beyond = near;
      break;
    }
    leftOut.closed = pending.closed;
    leftOut.broken = pending.broken;
    items.push(near);
  }
  return {
    as_of: new Date(askedMs).toISOString(),
    revision,
    origin: { lat: query.lat, lon: query.lon },
    travel: query.travel && speed ? { mode: query.travel, speed_kmh: speed, detour_factor: DETOUR_FACTOR } : null,
    items,
    beyond,
    left_out: query.left_out ? leftOut : null,
  };
}
