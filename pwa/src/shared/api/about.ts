// What this installation says of itself: as it was at once, as it is when the server has answered.
import { signal } from "@preact/signals";
import { getNow, setNow } from "../store/kv.ts";
import { type About, readAbout } from "./client.ts";

const KEY = "about";

export const about = signal<About | null>(getNow<About>(KEY));

let asking: Promise<About | null> | null = null;

/** Asks the server once a visit; answers what is known if it is silent. */
export function loadAbout(): Promise<About | null> {
  asking ??= readAbout().then((answer) => {
    if (answer.ok) {
      about.value = answer.data;
      setNow(KEY, answer.data);
    } else asking = null;
    return about.value;
  });
  return asking;
}

/** After an operator has put data in: asks anew. */
export function reloadAbout(): Promise<About | null> {
  asking = null;
  return loadAbout();
}
