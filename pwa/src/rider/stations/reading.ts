// How a station reads in one line: open or not, what works, which row to send the rider to. Pure.

import type { Near, StationFacts, StationService } from "../../shared/store/types.ts";
import type { IconName } from "../../shared/ui/icons.ts";
import type { Tone } from "../../shared/ui/Status.tsx";
import { age, coming, lasting, savedTime } from "../../shared/words/format.ts";
import type { Words } from "../../shared/words/index.ts";

/** Open, but closing within this: said as minutes left. */
const CLOSING_MS = 30 * 60_000;
/** What is worth a word when nothing is asked for, most useful first, and how many of them. */
const USEFUL = [
  "water",
  "phone_charging",
  "microwave",
  "toilet",
  "rest",
  "ebike_charging",
  "battery_swap",
  "hot_water",
];
const MOST_USEFUL = 3;

export type Line = { icon: IconName; tone: Tone; text: string };
export type ServiceState = StationService["state"];

/** What a nameless place is called: its kind. */
export function nameOf(station: Pick<StationFacts, "name" | "kind">, w: Words): string {
  return station.name ?? w.kind[station.kind] ?? w.kind.other ?? station.kind;
}

export function serviceName(kind: string, w: Words): string {
  return w.service[kind] ?? kind;
}

/** Whether the place is open, judged on arrival where the answer says when that is. */
export function openLine(
  {
    opening,
    arrives_at,
    closes_soon,
  }: Pick<StationFacts, "opening"> & Partial<Pick<Near, "arrives_at" | "closes_soon">>,
  now: number,
  w: Words,
): Line {
  if (opening.state === "unknown") return { icon: "unknown", tone: "plain", text: w.open.unknown };
  if (opening.state === "closed") {
    const next = opening.next_change;
    const text = next ? w.open.closedUntil(coming(Date.parse(next), now, w)) : w.open.closed;
    return { icon: "clock", tone: "bad", text };
  }
  if (!opening.until) return { icon: "clock", tone: "good", text: w.open.always };
  const until = Date.parse(opening.until);
  if (arrives_at) {
    const left = lasting(until - Date.parse(arrives_at), w);
    if (closes_soon) return { icon: "clock-alert", tone: "warn", text: w.open.closesAfterArrival(left) };
    return { icon: "clock", tone: "good", text: w.open.leftOnArrival(left) };
  }
  if (until - now <= CLOSING_MS) {
    return { icon: "clock-alert", tone: "warn", text: w.open.closesIn(lasting(until - now, w)) };
  }
  return { icon: "clock", tone: "good", text: w.open.until(coming(until, now, w)) };
}

/** Whether what is open now is so at `at` (ms); null when it is not open or nobody knows. */
export function stillOpen(opening: StationFacts["opening"], at: number): boolean | null {
  if (opening.state !== "open") return null;
  return opening.until === null || at < Date.parse(opening.until);
}

/** The state of one kind of service at a place; of several units one that works is enough. */
export function stateOf(services: StationService[], kind: string): ServiceState | null {
  const states = services.filter((service) => service.kind === kind).map((service) => service.state);
  for (const state of ["working", "unknown", "broken"] as const) if (states.includes(state)) return state;
  return null;
}

/** The services worth showing, by state: those asked for, else the most useful ones there. */
export function groups(
  services: StationService[],
  asked: readonly string[],
): { state: ServiceState; kinds: string[] }[] {
  const kinds = asked.length > 0 ? [...asked] : mostUseful(services);
  return (["working", "unknown", "broken"] as const)
    .map((state) => ({ state, kinds: kinds.filter((kind) => (stateOf(services, kind) ?? "unknown") === state) }))
    .filter((group) => group.kinds.length > 0);
}

function mostUseful(services: StationService[]): string[] {
  const there = [...new Set(services.map((service) => service.kind))];
  const rank = (kind: string) => (USEFUL.includes(kind) ? USEFUL.indexOf(kind) : USEFUL.length);
  return there.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_USEFUL);
}

/**
 * When a row's facts were last seen: the oldest of the asked services that are known; when nothing is asked for, the
 * last check of the place, else the newest word on any of its services.
 */
export function factsAt(station: StationFacts, asked: readonly string[]): string | null {
  const seen = station.services.filter(({ kind }) => asked.length === 0 || asked.includes(kind));
  const times = seen.flatMap(({ as_of }) => as_of ?? []).sort();
  if (asked.length > 0) return times[0] ?? station.verified_at;
  return station.verified_at ?? times.pop() ?? null;
}

/** A row's age in words; of saved rows the time itself, since they do not get fresher. */
export function factsAge(
  station: StationFacts,
  asked: readonly string[],
  now: number,
  saved: boolean,
  w: Words,
): string {
  const at = factsAt(station, asked);
  return saved && at ? w.age.asOf(savedTime(Date.parse(at), now, w)) : age(at, now, w);
}

/** Certainly open (long enough, if judged on arrival) with everything asked for known to work. */
export function isSure(near: Near, asked: readonly string[]): boolean {
  if (near.opening.state !== "open" || near.closes_soon) return false;
  return asked.every((kind) => stateOf(near.services, kind) === "working");
}

/** Where the amber button goes: the first sure place, else the first possible one. */
export function bestOf(items: readonly Near[], asked: readonly string[]): { near: Near; sure: boolean } | null {
  const sure = items.find((near) => isSure(near, asked));
  const near = sure ?? items[0];
  return near ? { near, sure: sure !== undefined } : null;
}

/** Another city: a place that far is an answer, but not one to send a rider to. */
export function isFar(near: Near): boolean {
  return near.distance_m > 50_000;
}

/** Why the folded places cannot be used, in words. */
export function hiddenWhy(
  count: { closed: number; broken: number },
  asked: readonly string[],
  night: boolean,
  w: Words,
): string {
  const reasons: string[] = [];
  const [only] = asked;
  if (count.broken > 0) {
    reasons.push(
      asked.length === 1 && only ? w.home.hiddenWhy.brokenOne(serviceName(only, w)) : w.home.hiddenWhy.broken,
    );
  }
  if (count.closed > 0) reasons.push(night ? w.home.hiddenWhy.night : w.home.hiddenWhy.closed);
  return w.listed(reasons);
}
