// The coming seven days of a station as a table, from the intervals the server sent; opening hours put into words. Pure.
import type { Interval } from "../../shared/store/types.ts";
import { local } from "../../shared/words/format.ts";
import type { AllWords } from "../../shared/words/pages.ts";

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
/** An opening that goes on past midnight belongs to the evening it began, if it ends by this hour. */
const NIGHT_ENDS_HOUR = 12;

export type Span = { from: number; to: number };
export type Day = { start: number; open: Span[]; unknown: boolean };

/** Seven days from the one that holds `now` (ms); times in ms. */
export function weekOf(open: readonly Interval[], unknown: readonly Interval[], now: number): Day[] {
  const first = Math.floor((now + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS;
  const days: Day[] = Array.from({ length: 7 }, (_, day) => ({
    start: first + day * DAY_MS,
    open: [],
    unknown: false,
  }));
  for (const [from, to] of open) addTo(days, Date.parse(from), Date.parse(to));
  for (const day of days) {
    day.unknown = unknown.some(([from, to]) => Date.parse(from) < day.start + DAY_MS && Date.parse(to) > day.start);
  }
  return days;
}

function addTo(days: Day[], from: number, to: number): void {
  for (const day of days) {
    const end = day.start + DAY_MS;
    if (from >= end || to <= day.start) continue;
    const began = from >= day.start;
    // The rest of a night that an earlier day's line already tells.
    if (!began && to - day.start <= NIGHT_ENDS_HOUR * 3_600_000 && to - from < DAY_MS) continue;
    const overnight = began && to > end && to - end <= NIGHT_ENDS_HOUR * 3_600_000 && to - from < DAY_MS;
    day.open.push({ from: Math.max(from, day.start), to: overnight ? to : Math.min(to, end) });
  }
}

/** One day's hours in words. The part of today that is over is not in the intervals: then only the end is told. */
export function dayText(day: Day, now: number, w: AllWords): string {
  if (day.open.length === 0) {
    if (day.unknown) return w.station.unknownDay;
    return day.start <= now ? w.station.overToday : w.station.closedDay;
  }
  const spans = day.open.map(({ from, to }) => {
    if (to - from >= DAY_MS) return w.station.allDay;
    const end = clock(to, day.start);
    return Math.abs(from - now) < 2 * 60_000 ? w.open.until(end) : `${clock(from, day.start)}–${end}`;
  });
  return w.listed(spans);
}

function clock(ms: number, dayStart: number): string {
  return ms === dayStart + DAY_MS ? "24:00" : local(ms).time;
}

const DAYS = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
const DAY = DAYS.join("|");
/** What is left without these is a rule that hoursText has no words for. */
const KNOWN = new RegExp(`\\b(${DAY}|PH|off|closed)\\b`, "g");

/**
 * Opening hours in OSM's grammar as a reader says them: "Mo-Fr 08:00-20:00; PH off" becomes
 * "周一到周五 8:00–20:00；节假日不开". A rule it has no words for stays as written.
 */
export function hoursText(text: string, w: AllWords): string {
  if (text.trim() === "24/7") return w.open.always;
  if (/[A-Za-z"+[\]]/.test(text.replace(KNOWN, ""))) return text;
  const name = (day: string) => w.when.day(DAYS.indexOf(day));
  return text
    .replace(/\bMo-Su\b/g, w.hours.daily)
    .replace(new RegExp(`\\b(${DAY})-(${DAY})\\b`, "g"), (_, from, to) => w.hours.range(name(from), name(to)))
    .replace(new RegExp(`\\b(${DAY})\\b`, "g"), name)
    .replace(/\bPH\b/g, w.hours.holidays)
    .replace(/\s*\b(off|closed)\b/g, w.hours.off)
    .replace(/\b0?(\d{1,2}:\d\d)\s*-\s*0?(\d{1,2}:\d\d)/g, "$1–$2")
    .replace(/;\s*/g, w.hours.also)
    .replace(/,\s*/g, w.hours.and);
}
