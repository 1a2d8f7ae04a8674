// Is it open then? Compares a time with the intervals the server sent; the phone never parses opening hours.
import type { Opening, OpenState, StoredStation } from "./types.ts";

/** The server sends the intervals of seven days. */
export const HOURS_REACH_MS = 7 * 24 * 3600 * 1000;

function instant(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
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
 * The opening of a saved station at `ms`. When the saved hours do not reach that far the state is unknown:
 * a place is never called closed, or open, by old intervals.
 */
export function openingAt(station: StoredStation, ms: number): Opening {
  const { text, calendar_missing } = station.opening;
  const reach = station.saved_at + HOURS_REACH_MS;
  const said = (state: OpenState, change: number): Opening => ({
    state,
    until: state === "open" && change < reach ? instant(change) : null,
    next_change: change < reach ? instant(change) : null,
    text,
    staffed: null,
    calendar_missing,
  });
  if (ms >= reach) return said("unknown", Number.POSITIVE_INFINITY);
  const open = holding(station.open_intervals, ms);
  if (open) return said("open", open[1]);
  const unknown = holding(station.unknown_intervals, ms);
  if (unknown) return said("unknown", unknown[1]);
  return said("closed", Math.min(nextStart(station.open_intervals, ms), nextStart(station.unknown_intervals, ms)));
}

/** True when every moment of [from, to) (ms) lies in one of the intervals. */
export function covers(intervals: [string, string][], from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const piece = holding(intervals, at);
    if (!piece) return false;
    at = piece[1];
  }
  return true;
}

const HOUR_MS = 3_600_000;
/** Shanghai keeps UTC+8 all year. */
const SHANGHAI_MS = 8 * HOUR_MS;

/** 23:00–06:00 (ms) of the night that is going on at `ms`, else of the coming one, in Shanghai. */
export function comingNight(ms: number): [number, number] {
  const midnight = Math.floor((ms + SHANGHAI_MS) / (24 * HOUR_MS)) * 24 * HOUR_MS - SHANGHAI_MS;
  const start = ms < midnight + 6 * HOUR_MS ? midnight - HOUR_MS : midnight + 23 * HOUR_MS;
  return [start, start + 7 * HOUR_MS];
}
