// One station's state: what the list knew at once, then all of it from the server, or as the phone has it.
import { signal } from "@preact/signals";
import { readStation } from "../../shared/api/client.ts";
import { distanceM } from "../../shared/geo/distance.ts";
import { openingAt } from "../../shared/store/hours.ts";
import { savedStation } from "../../shared/store/stations.ts";
import type { StationDetail } from "../../shared/store/types.ts";
import { place } from "./whereabouts.ts";

export type View =
  | { state: "loading" }
  | { state: "gone" }
  | { state: "failed"; offline: boolean }
  /** `savedAt` (ms): as the phone has it, being offline or because the server failed. */
  | { state: "ready"; station: StationDetail; savedAt: number | null; offline: boolean };

export const view = signal<View>({ state: "loading" });

let wanted = "";

/** Shows a station: what was last shown of it stays until the answer is there. */
export async function showStation(id: string): Promise<void> {
  const shown = view.value;
  const same = wanted === id && shown.state === "ready";
  wanted = id;
  if (!same) view.value = { state: "loading" };
  const next = await answered(id);
  if (wanted === id) view.value = next;
}

async function answered(id: string): Promise<View> {
  const answer = await readStation(id);
  if (answer.ok) return { state: "ready", station: answer.data, savedAt: null, offline: false };
  const { failure } = answer;
  // 404: it is not there any more; 422: the address holds no id at all.
  if (failure.why === "problem" && failure.status < 500 && failure.status !== 429) return { state: "gone" };
  const saved = await savedStation(id);
  const offline = failure.why === "offline";
  if (!saved) return { state: "failed", offline };
  const station = { ...saved, opening: openingAt(saved, Date.now()) };
  return { state: "ready", station, savedAt: saved.saved_at, offline };
}

/** Straight metres from where the rider is; null while only the city's centre is known. */
export function distanceTo(station: StationDetail): number | null {
  const here = place.value;
  return here && here.how !== "centre" ? distanceM(here, station) : null;
}
