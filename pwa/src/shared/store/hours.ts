// Is it open then? Compares a time with the intervals the server sent; the phone never parses opening hours.
import type { Opening, OpenState, StoredStation } from "./types.ts";

/** The server sends the hours of seven days from the minute it answers in; what the network took is taken off. */
const REACH_MS = 7 * 24 * 3600 * 1000 - 5 * 60 * 1000;

/** A moment as the API writes it: UTC, to the second. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The bounds (ms) of the interval that holds `ms`, or null. */
function holding(intervals: [string, string][], ms: number): [number, number] | null {
  for (const [from, to] of intervals) {
    const start = Date.parse(from);
    const end = Date.parse(to);
    if (start <= ms && ms < end) return [start, end];
  }
  return null;
}

function nextStart(intervals: [string, string][], ms: number): number {
  return Math.min(...intervals.map(([from]) => Date.parse(from)).filter((start) => start > ms));
}

/**
 * The opening of a saved station at `askedMs`. When the saved hours do not reach that far the state is unknown:
 * a place is never called closed, or open, by old intervals. A moment before them (a phone's clock that is slow)
 * is taken as their first.
 */
export function openingAt(station: StoredStation, askedMs: number): Opening {
  const { hours_from, open_intervals, unknown_intervals } = station;
  const { text, calendar_missing } = station.opening;
  const ms = Math.max(askedMs, hours_from);
  const reach = hours_from + REACH_MS;
  const said = (state: OpenState, change: number): Opening => ({
    state,
    until: state === "open" && change < reach ? instant(change) : null,
    next_change: change < reach ? instant(change) : null,
    text,
    staffed: null,
    calendar_missing,
  });
  if (ms >= reach) return said("unknown", Number.POSITIVE_INFINITY);
  const open = holding(open_intervals, ms);
  if (open) return said("open", open[1]);
  const unknown = holding(unknown_intervals, ms);
  if (unknown) return said("unknown", unknown[1]);
  return said("closed", Math.min(nextStart(open_intervals, ms), nextStart(unknown_intervals, ms)));
}

const HOUR_MS = 3_600_000;
/** Shanghai keeps UTC+8 all year. */
const SHANGHAI_MS = 8 * HOUR_MS;

/** 23:00–06:00 (ms) of the night that is going on at `ms`, else of the coming one, in Shanghai. */
function comingNight(ms: number): [number, number] {
  const midnight = Math.floor((ms + SHANGHAI_MS) / (24 * HOUR_MS)) * 24 * HOUR_MS - SHANGHAI_MS;
  const start = ms < midnight + 6 * HOUR_MS ? midnight - HOUR_MS : midnight + 23 * HOUR_MS;
  return [start, start + 7 * HOUR_MS];
}

/** Certainly open through that night; of a night that has begun, as far as the saved hours tell. */
export function opensAllNight(station: StoredStation, ms: number): boolean {
  const [from, to] = comingNight(ms);
  const whole = holding(station.open_intervals, Math.max(from, station.hours_from));
  return whole !== null && whole[1] >= to;
}
