// What a rider sets once: how they travel, which map navigates, and the stations they starred. Kept on the phone.
import { signal } from "@preact/signals";
import type { MapApp, MapMode } from "../../shared/device/maplinks.ts";
import { getNow, setNow } from "../../shared/store/kv.ts";

export const travel = signal<MapMode>(getNow<MapMode>("travel") ?? "ebike");
export const mapApp = signal<MapApp>(getNow<MapApp>("map-app") ?? "amap");

export function chooseTravel(mode: MapMode): void {
  setNow("travel", mode);
  travel.value = mode;
}

export function chooseMapApp(app: MapApp): void {
  setNow("map-app", app);
  mapApp.value = app;
}

/** A starred station, with the name it had: the list shows offline too. */
export type Favourite = { id: string; name: string };

export const favourites = signal<Favourite[]>(getNow<Favourite[]>("favourites") ?? []);

export function isFavourite(id: string): boolean {
  return favourites.value.some((favourite) => favourite.id === id);
}

/** Stars a station, or takes the star off. */
export function toggleFavourite(station: Favourite): void {
  const others = favourites.value.filter((favourite) => favourite.id !== station.id);
  favourites.value = others.length < favourites.value.length ? others : [station, ...others];
  setNow("favourites", favourites.value);
}
