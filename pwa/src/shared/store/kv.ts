// Small values kept on the phone: IndexedDB, else localStorage, else this page's memory. Nothing here ever throws.
import { database } from "./db.ts";

const PREFIX = "nuanfeng:";
const memory = new Map<string, string>();

/** A preference that must be known before the first paint (theme, language): synchronous. */
export function getNow<T>(key: string): T | null {
  let text: string | null | undefined;
  try {
    text = localStorage.getItem(PREFIX + key);
  } catch {
    text = null;
  }
  text ??= memory.get(key) ?? null;
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

export function setNow(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(key, text);
  try {
    localStorage.setItem(PREFIX + key, text);
  } catch {
    // Private mode or full: memory has it until the page closes.
  }
}

export async function get<T>(key: string): Promise<T | null> {
  const db = await database();
  try {
    if (db) return ((await db.get("kv", key)) as T | undefined) ?? null;
  } catch {
    // Fall through to what is left.
  }
  return getNow<T>(key);
}

export async function set(key: string, value: unknown): Promise<void> {
  const db = await database();
  try {
    if (db) {
      await db.put("kv", value, key);
      return;
    }
  } catch {
    // Fall through to what is left.
  }
  setNow(key, value);
}
