// From where "near" is counted: the last place, else the city's centre, until the rider asks for more.
import { signal } from "@preact/signals";
import { loadAbout } from "../../shared/api/about.ts";
import { readRegions } from "../../shared/api/client.ts";
import { askPosition, type Place, type Position } from "../../shared/device/place.ts";
import { getNow, set, setNow } from "../../shared/store/kv.ts";
import { language } from "../../shared/words/index.ts";

const KEY = "place";
/** A fix older than this is "the last place" when the app is opened again. */
const FRESH_MS = 2 * 60_000;
const PATIENCE_MS = 8000;

export type Silence = Exclude<Position, { ok: true }>["why"];

/** Null until a place is known: the very first start, before the server has named its city. */
export const place = signal<Place | null>(restored(getNow<Place>(KEY), Date.now()));
export const locating = signal(false);

/** A position of an earlier visit is said to be one; what the rider chose stays chosen. */
export function restored(kept: Place | null, now: number): Place | null {
  if (kept?.how === "gps" && now - kept.at > FRESH_MS) return { ...kept, how: "last" };
  return kept;
}

export function setPlace(next: Place): void {
  place.value = next;
  if (next.how === "centre") return;
  setNow(KEY, next);
  // The phone's saved stations are kept around here (shared/store/stations).
  void set("last-place", { lat: next.lat, lon: next.lon });
}

/** At the first start: the centre of the server's city. Quiet if the server is. */
export async function startPlace(): Promise<void> {
  if (place.value) return;
  const about = await loadAbout();
  if (!about || place.value) return;
  const { lat, lon, name, name_en } = about.city;
  const label = language.value === "en" ? name_en : name;
  place.value = { lat, lon, label, at: Date.now(), how: "centre" };
}

/** Has the rider read why the position is asked for? */
export function knowsWhy(): boolean {
  return getNow<boolean>("knows-why") ?? false;
}

/** Asks the phone where it is; null when found, else why not. A fix that comes too late is still taken. */
export async function locate(): Promise<Silence | null> {
  setNow("knows-why", true);
  const before = place.value;
  const found = (position: Position) => {
    // By then the rider may have chosen an area: that stays.
    if (!position.ok || place.value !== before) return;
    setPlace({ lat: position.lat, lon: position.lon, label: null, at: Date.now(), how: "gps" });
  };
  locating.value = true;
  const position = await askPosition(PATIENCE_MS, found);
  locating.value = false;
  found(position);
  return position.ok ? null : position.why;
}

/** Region codes: 6 digits a district, 9 a street, 12 a community. */
const DISTRICT = 6;
const STREET = 9;

async function nameOfRegion(code: string): Promise<string | null> {
  const known = getNow<Record<string, string>>("region-names") ?? {};
  if (known[code]) return known[code];
  const query = code.length === STREET ? { parent: code.slice(0, DISTRICT) } : { level: "district" };
  const answer = await readRegions(query);
  if (!answer.ok) return null;
  setNow("region-names", { ...known, ...Object.fromEntries(answer.data.map((region) => [region.code, region.name])) });
  return answer.data.find((region) => region.code === code)?.name ?? null;
}

/** Names the present place after the street of what lies nearest if that is `close`, else after its district. */
export async function nameAfter(regionCode: string | null, close: boolean): Promise<void> {
  const here = place.value;
  if (!here || here.label || !regionCode) return;
  const digits = close && regionCode.length >= STREET ? STREET : DISTRICT;
  const label = await nameOfRegion(regionCode.slice(0, digits));
  if (label && place.value === here) setPlace({ ...here, label });
}
