// The phone's own database (IndexedDB): opened once, and null where there is none (private mode, full disk).
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { StoredStation } from "./types.ts";

interface Tables extends DBSchema {
  kv: { key: string; value: unknown };
  stations: { key: string; value: StoredStation };
}

export type Database = IDBPDatabase<Tables>;

let opening: Promise<Database | null> | null = null;

async function open(): Promise<Database | null> {
  try {
    return await openDB<Tables>("nuanfeng", 1, {
      upgrade(db) {
        db.createObjectStore("kv");
        db.createObjectStore("stations", { keyPath: "id" });
      },
      // A newer page in another tab wants to upgrade: let go, and open again when next asked.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        opening = null;
      },
      terminated() {
        opening = null;
      },
    });
  } catch {
    return null;
  }
}

/** The database, or null when the browser refuses one. */
export function database(): Promise<Database | null> {
  opening ??= open();
  return opening;
}
