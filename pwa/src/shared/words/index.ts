// Which language the screens speak: Chinese, or English by ?lang=en or the rider's choice, kept on the phone.
import { signal } from "@preact/signals";
import { getNow, setNow } from "../store/kv.ts";
import { type Words, zh } from "./zh.ts";

export type { Words };
export type Language = "zh" | "en";

const KEY = "language";

export const language = signal<Language>("zh");
/** The words in force; read `.value` while rendering, so that a change of language draws anew. */
export const words = signal<Words>(zh);

/** Changes the language and remembers it; resolves when its words are there. */
export async function speak(next: Language): Promise<void> {
  setNow(KEY, next);
  const catalogue = next === "en" ? (await import("./en.ts")).en : zh;
  document.documentElement.lang = next === "en" ? "en" : "zh-CN";
  language.value = next;
  words.value = catalogue;
}

/** At start: `?lang=` wins over the remembered choice. */
export async function startLanguage(search: string): Promise<void> {
  const asked = new URLSearchParams(search).get("lang");
  const chosen = asked === "en" || asked === "zh" ? asked : getNow<Language>(KEY);
  if (chosen === "en") await speak("en").catch(() => undefined);
  else if (asked === "zh") await speak("zh");
}
