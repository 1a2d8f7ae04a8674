// What the list is asked for: services, and when they must be open. Stays as it was, on the phone.
import { signal } from "@preact/signals";
import { getNow, setNow } from "../../shared/store/kv.ts";
import type { IconName } from "../../shared/ui/icons.ts";

export type When = "now" | "arrival" | "night";

/** Every service one can ask for, in the order the sheet shows, with its icon. */
export const SERVICES: readonly { kind: string; icon: IconName }[] = [
  { kind: "water", icon: "droplet" },
  { kind: "hot_water", icon: "thermometer" },
  { kind: "phone_charging", icon: "plug-zap" },
  { kind: "microwave", icon: "microwave" },
  { kind: "toilet", icon: "toilet" },
  { kind: "rest", icon: "armchair" },
  { kind: "air_conditioning", icon: "snowflake" },
  { kind: "meals", icon: "utensils" },
  { kind: "ebike_charging", icon: "zap" },
  { kind: "battery_swap", icon: "battery-charging" },
  { kind: "tools", icon: "wrench" },
  { kind: "rain_gear", icon: "umbrella" },
  { kind: "first_aid", icon: "cross" },
  { kind: "fridge", icon: "refrigerator" },
  { kind: "wifi", icon: "wifi" },
  { kind: "reading", icon: "book-open" },
  { kind: "nursing", icon: "baby" },
  { kind: "counsel", icon: "heart-handshake" },
  { kind: "ev_charging", icon: "ev-charger" },
];

const ICONS = new Map(SERVICES.map(({ kind, icon }) => [kind, icon]));

export function serviceIcon(kind: string): IconName {
  return ICONS.get(kind) ?? "info";
}

/** The four chips a new rider sees: what is asked for most. */
const FIRST_SLOTS = ["water", "phone_charging", "microwave", "toilet"];

/** The services asked for, all of them required. */
export const services = signal<string[]>(getNow<string[]>("services") ?? []);
export const when = signal<When>(getNow<When>("when") ?? "now");
/** The four services that have a chip of their own. */
export const slots = signal<string[]>(getNow<string[]>("slots") ?? FIRST_SLOTS);

/**
 * The chips after `chosen` was asked for: a service without a chip takes the place of the last one not asked for,
 * so that whatever is in force is seen, and what a rider uses stays at hand. More than four stay behind "more".
 */
export function slotsFor(before: readonly string[], chosen: readonly string[]): string[] {
  const next = [...before];
  for (const kind of chosen) {
    if (next.includes(kind)) continue;
    for (let place = next.length - 1; place >= 0; place -= 1) {
      if (chosen.includes(next[place] as string)) continue;
      next[place] = kind;
      break;
    }
  }
  return next;
}

export function ask(chosen: string[]): void {
  services.value = chosen;
  slots.value = slotsFor(slots.value, chosen);
  setNow("services", chosen);
  setNow("slots", slots.value);
}

export function toggleService(kind: string): void {
  const now = services.value;
  ask(now.includes(kind) ? now.filter((one) => one !== kind) : [...now, kind]);
}

export function askWhen(next: When): void {
  when.value = next;
  setNow("when", next);
}
