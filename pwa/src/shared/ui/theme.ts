// Light or dark: as the phone is, or as the rider chose; kept on the phone.
import { signal } from "@preact/signals";
import { getNow, setNow } from "../store/kv.ts";

export type Look = "auto" | "light" | "dark";

const KEY = "look";
/** The ground's colour in each, for the browser's own bars (tokens.css: --ground). */
const GROUND = { light: "#f5f3ee", dark: "#11100d" };

export const look = signal<Look>("auto");

function show(next: Look): void {
  const root = document.documentElement;
  if (next === "auto") root.removeAttribute("data-theme");
  else root.dataset.theme = next;
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    const own = meta.media.includes("dark") ? "dark" : "light";
    meta.content = GROUND[next === "auto" ? own : next];
  }
  look.value = next;
}

export function startLook(): void {
  show(getNow<Look>(KEY) ?? "auto");
}

export function chooseLook(next: Look): void {
  setNow(KEY, next);
  show(next);
}
