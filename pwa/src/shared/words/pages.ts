// All words: those of the list and those of the pages that are loaded later. For lazy pages only: the first load is
// kept small by not having them.
import { computed } from "@preact/signals";
import { language, type Words, words } from "./index.ts";
import { en } from "./pages.en.ts";
import { type PageWords, zh } from "./pages.zh.ts";

export type AllWords = Words & PageWords;

export const allWords = computed<AllWords>(() => ({ ...words.value, ...(language.value === "en" ? en : zh) }));
