// Numbers and times as riders read them: "132 米", "1.1 公里", "12 分钟前", "明天 2:00". Pure; times in Asia/Shanghai.
import type { Words } from "./zh.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Shanghai keeps UTC+8 all year. */
const SHANGHAI_MS = 8 * HOUR_MS;

type Local = { year: number; month: number; day: number; weekday: number; time: string; dayNumber: number };

/** The clock and calendar in Shanghai at `ms` since 1970. */
export function local(ms: number): Local {
  const date = new Date(ms + SHANGHAI_MS);
  const minutes = String(date.getUTCMinutes()).padStart(2, "0");
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    time: `${date.getUTCHours()}:${minutes}`,
    dayNumber: Math.floor((ms + SHANGHAI_MS) / DAY_MS),
  };
}

/** A distance as number and unit: metres below 1,000, above it kilometres with one decimal (none from 100). */
export function distance(metres: number, w: Words): { number: string; unit: string } {
  const rounded = Math.round(metres);
  if (rounded < 1000) return { number: String(rounded), unit: w.unit.m };
  const km = metres / 1000;
  return { number: km < 99.95 ? km.toFixed(1) : String(Math.round(km)), unit: w.unit.km };
}

/** How long ago `iso` was. Null means nobody ever said. */
export function age(iso: string | null, now: number, w: Words): string {
  if (iso === null) return w.notVerified;
  return ageOf(Date.parse(iso), now, w);
}

export function ageOf(then: number, now: number, w: Words): string {
  const passed = now - then;
  if (passed < MINUTE_MS) return w.age.now;
  if (passed < HOUR_MS) return w.age.minutes(Math.floor(passed / MINUTE_MS));
  const [at, today] = [local(then), local(now)];
  const days = today.dayNumber - at.dayNumber;
  if (days === 0) return passed < 3 * HOUR_MS ? w.age.hours(Math.floor(passed / HOUR_MS)) : w.age.today(at.time);
  if (days === 1) return w.age.yesterday(at.time);
  // A date beside an opening time reads as a part of it: ages stay ages while they can.
  if (days < 100) return w.age.days(days);
  return at.year === today.year ? w.age.date(at.month, at.day) : w.age.year(at.year, at.month);
}

/** When something was saved, as a point of time: "今天 10:42", never "just now". */
export function savedTime(then: number, now: number, w: Words): string {
  const [at, today] = [local(then), local(now)];
  const days = today.dayNumber - at.dayNumber;
  if (days === 0) return w.age.today(at.time);
  return days === 1 ? w.age.yesterday(at.time) : w.age.date(at.month, at.day);
}

/** A coming moment: "20:00", "明天 2:00", "周三 8:00". */
export function coming(ms: number, now: number, w: Words): string {
  const [at, today] = [local(ms), local(now)];
  const days = at.dayNumber - today.dayNumber;
  // Midnight belongs to the day that ends with it.
  if (at.time === "0:00" && days === 1) return "24:00";
  if (days <= 0) return at.time;
  return days === 1 ? w.when.tomorrow(at.time) : w.when.weekday(at.weekday, at.time);
}

/** A length of time, rounded down: minutes below an hour, then hours. */
export function lasting(ms: number, w: Words): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  return minutes < 60 ? w.when.minutes(minutes) : w.when.hours(Math.floor(minutes / 60));
}
