// Nearest stations computed on the phone: same order, filters and words as GET /v1/stations/nearest. Pure.
import { distanceM, wholeMm } from "../geo/distance.ts";
import { instant, openingAt, opensAllNight } from "./hours.ts";
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

type Candidate = { station: StoredStation; mm: number };
type Why = "closed" | "broken" | "unsure";

function lacks(station: StoredStation, wanted: string[]): "absent" | "broken" | null {
  let broken = false;
  for (const kind of wanted) {
    const found = station.services.find((service) => service.kind === kind);
    if (!found) return "absent";
    if (found.state === "broken") broken = true;
  }
  return broken ? "broken" : null;
}

/** Why a place is not listed; null when it is. Only what is known to be closed counts as closed. */
function hiddenBy(station: StoredStation, query: NearestQuery, opening: Opening, askedMs: number): Why | null {
  if (lacks(station, query.services ?? []) === "broken") return "broken";
  if (query.all_night && !opensAllNight(station, askedMs)) return "closed";
  if (query.open !== "possible" && query.open !== "certain") return null;
  if (opening.state === "closed") return "closed";
  return query.open === "certain" && opening.state === "unknown" ? "unsure" : null;
}

function nearOf({ station, mm }: Candidate, opening: Opening, arrivesMs: number | null): Near {
  const { open_intervals: _o, unknown_intervals: _u, saved_at: _s, hours_from: _h, walk: _w, ...facts } = station;
  const soon = arrivesMs !== null && opening.until !== null && Date.parse(opening.until) - arrivesMs <= CLOSES_SOON_MS;
  return {
    ...facts,
    distance_m: mm / 1000,
    opening,
    arrives_at: arrivesMs === null ? null : instant(arrivesMs),
    closes_soon: arrivesMs === null ? null : soon,
  };
}

/** Answers `query` over `stations` as of `nowMs`; `revision` is that of the saved catalogue. */
export function nearest(
  stations: Iterable<StoredStation>,
  query: NearestQuery,
  nowMs: number,
  revision: number,
): NearestAnswer {
  const { lat, lon, services = [], travel: mode = null, limit = DEFAULT_LIMIT } = query;
  const askedMs = query.at ? Date.parse(query.at) : nowMs;
  const mostMm = query.max_m === undefined ? Number.POSITIVE_INFINITY : Math.floor(query.max_m * 1000);

  const candidates: Candidate[] = [];
  for (const station of stations) {
    if (lacks(station, services) === "absent") continue;
    candidates.push({ station, mm: wholeMm(distanceM(query, station)) });
  }
  candidates.sort((a, b) => a.mm - b.mm || (a.station.id < b.station.id ? -1 : 1));

  const items: Near[] = [];
  let beyond: Near | null = null;
  const hidden = { closed: 0, broken: 0 };
  let nearer = { ...hidden };
  for (const candidate of candidates) {
    const outside = candidate.mm > mostMm;
    if (items.length === limit || (outside && items.length > 0)) break;
    const arrivesMs = mode ? askedMs + arrivalMs(candidate.mm / 1000, mode) : null;
    const opening = openingAt(candidate.station, arrivesMs ?? askedMs);
    const why = hiddenBy(candidate.station, query, opening, askedMs);
    if (why === "closed" || why === "broken") {
      hidden[why] += 1;
      // Without an item everything inside counts.
      if (items.length === 0 && !outside) nearer = { ...hidden };
    }
    if (why) continue;
    const near = nearOf(candidate, opening, arrivesMs);
    if (outside) {
      beyond = near;
      break;
    }
    nearer = { ...hidden };
    items.push(near);
  }
  return {
    as_of: instant(askedMs),
    revision,
    origin: { lat, lon },
    travel: mode && { mode, speed_kmh: SPEED_KMH[mode], detour_factor: DETOUR_FACTOR },
    items,
    beyond,
    left_out: query.left_out ? nearer : null,
  };
}
