// The one place that asks the server. Pages' state calls these functions; no page sees an address.
import type { NearestAnswer, NearestQuery, StationDetail } from "../store/types.ts";
import { language } from "../words/index.ts";
import type { components } from "./schema.gen.ts";

type Schemas = components["schemas"];
export type About = Schemas["AboutOut"];
export type Region = Schemas["RegionOut"];
export type Station = Schemas["StationOut"];

/** Why there is no answer. `offline`: nothing came back; `problem`: the server refused or failed. */
export type Failure = { why: "offline" } | { why: "problem"; status: number };
export type Answer<T> = { ok: true; data: T } | { ok: false; failure: Failure };

/** A weak network that says nothing for so long is no network. */
const PATIENCE_MS = 12_000;

type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

async function get<T>(path: string, query: Query = {}): Promise<Answer<T>> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(search ? `${path}?${search}` : path, {
      headers: { "Accept-Language": language.peek() === "en" ? "en" : "zh-CN" },
      signal: patience.signal,
    });
    if (!response.ok) return { ok: false, failure: { why: "problem", status: response.status } };
    return { ok: true, data: (await response.json()) as T };
  } catch {
    return { ok: false, failure: { why: "offline" } };
  } finally {
    clearTimeout(timer);
  }
}

function itemsOf<T>(answer: Answer<{ items: T[] }>): Answer<T[]> {
  return answer.ok ? { ok: true, data: answer.data.items } : answer;
}

/** What this installation is: city, licences, base map. */
export function readAbout(): Promise<Answer<About>> {
  return get<Schemas["AboutOut"]>("/v1/about");
}

/** The nearest stations to a position in WGS-84. */
export function readNearest(query: NearestQuery): Promise<Answer<NearestAnswer>> {
  return get<Schemas["NearestOut"]>("/v1/stations/nearest", query);
}

export function readStation(id: string): Promise<Answer<StationDetail>> {
  return get<Schemas["StationOut"]>(`/v1/stations/${encodeURIComponent(id)}`);
}

/** Stations whose name, alias or pinyin initials match `q`, or all of a region; the first `limit`. */
export async function findStations(query: { q?: string; region?: string; limit: number }): Promise<Answer<Station[]>> {
  return itemsOf(await get<Schemas["StationPage"]>("/v1/stations", query));
}

/** Regions of one level, or those right under a parent. */
export async function readRegions(query: { level?: string; parent?: string }): Promise<Answer<Region[]>> {
  return itemsOf(await get<Schemas["RegionsOut"]>("/v1/regions", query));
}
