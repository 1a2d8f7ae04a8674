// Choosing where one is by name: districts, then their streets; and the search for names.
import { signal } from "@preact/signals";
import { type Answer, findStations, type Region, readRegions, type Station } from "../../shared/api/client.ts";
import { setPlace } from "../stations/whereabouts.ts";

export type Regions = { state: "loading" } | { state: "failed" } | { state: "ready"; items: Region[] };

export const regions = signal<Regions>({ state: "loading" });

const asked = new Map<string, Promise<Answer<Region[]>>>();

/** Regions of a visit do not change: each list is asked for once. */
function listed(query: { level?: string; parent?: string }): Promise<Answer<Region[]>> {
  const key = JSON.stringify(query);
  let answer = asked.get(key);
  if (!answer) {
    answer = readRegions(query);
    asked.set(key, answer);
    void answer.then(({ ok }) => ok || asked.delete(key));
  }
  return answer;
}

let wanted: string | null = null;

/** The districts, or the streets of one. */
export async function showRegions(district: string | null): Promise<void> {
  wanted = district;
  regions.value = { state: "loading" };
  const answer = await listed(district ? { parent: district } : { level: "district" });
  if (wanted !== district) return;
  regions.value = answer.ok ? { state: "ready", items: inOrder(answer.data) } : { state: "failed" };
}

/** The district whose streets are shown. */
export async function districtNamed(code: string): Promise<Region | null> {
  const answer = await listed({ level: "district" });
  return (answer.ok && answer.data.find((region) => region.code === code)) || null;
}

/** A region that has a middle: its outline is known, or stations stand in it. */
export type Located = Region & { lat: number; lon: number };

export function isLocated(region: Region): region is Located {
  return region.lat !== null && region.lon !== null;
}

/** Regions one can choose first; those of which nobody knows where they are last. */
export function inOrder(items: readonly Region[]): Region[] {
  return [...items.filter(isLocated), ...items.filter((region) => !isLocated(region))];
}

/** Takes a region's middle as the rider's place. */
export function chooseRegion({ lat, lon, name }: Located): void {
  setPlace({ lat, lon, label: name, at: Date.now(), how: "region" });
}

const MOST_STATIONS = 20;
const MOST_REGIONS = 8;

export type Found =
  | { state: "idle" }
  | { state: "loading" }
  | { state: "failed" }
  | { state: "ready"; q: string; regions: Hit[]; stations: Station[] };

export const found = signal<Found>({ state: "idle" });

let turn = 0;

/** Looks for stations and for districts, streets and communities by name or pinyin initials. */
export async function search(text: string): Promise<void> {
  turn += 1;
  const mine = turn;
  const q = text.trim();
  if (!q) {
    found.value = { state: "idle" };
    return;
  }
  if (found.value.state !== "ready") found.value = { state: "loading" };
  const [stations, all] = await Promise.all([findStations({ q, limit: MOST_STATIONS }), listed({})]);
  if (mine !== turn) return;
  if (!stations.ok) {
    found.value = { state: "failed" };
    return;
  }
  const known = all.ok ? all.data : [];
  found.value = { state: "ready", q, regions: matching(known, q), stations: stations.data };
}

/** A region that was searched for, and the one whose middle stands for it: itself, or the next higher one known. */
export type Hit = { region: Region; middle: Located };

/** Regions whose name holds what was typed or whose initials begin with it; those that begin with it first. */
export function matching(known: readonly Region[], q: string): Hit[] {
  const byCode = new Map(known.map((region) => [region.code, region]));
  const initials = q.toLowerCase();
  const hits: Hit[] = [];
  for (const region of known) {
    if (region.level === "city") continue;
    if (!region.name.includes(q) && !region.initials.startsWith(initials)) continue;
    let middle: Region | undefined = region;
    while (middle && !isLocated(middle)) middle = byCode.get(middle.parent_code ?? "");
    if (middle && isLocated(middle)) hits.push({ region, middle });
  }
  const rank = ({ region }: Hit) => (region.name.startsWith(q) ? 0 : 1) * 100 + region.code.length;
  return hits.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_REGIONS);
}
