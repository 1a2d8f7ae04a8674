// The phone follows the feed like a partner does: pages, deletions, a cursor too old, a place given up, a bound.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Change = { type: string; station?: object; id?: string };
type Page = { items: Change[]; next_cursor: string; more: boolean; revision: number } | 410 | "gone";

const START_MS = Date.parse("2026-11-24T10:00:30Z");
const HERE = { lat: 33.6, lon: 117 };

function station(id: string, lat = 33.6) {
  const week = ["2026-11-24T10:00:00Z", "2026-12-01T10:00:00Z"];
  const opening = { state: "open", until: null, next_change: null, text: "24/7", staffed: null };
  return { id, lat, lon: 117, name: id, services: [], opening, open_intervals: [week], unknown_intervals: [] };
}

const upsert = (id: string, lat?: number): Change => ({ type: "upsert", station: station(id, lat) });

let asked: (string | null)[];
let now: number;
/** How far the phone's clock is ahead of the server's. */
let fastMs: number;

/** A server that answers these pages in their order. */
function server(...pages: Page[]): void {
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(new URLSearchParams(address.split("?")[1]).get("since"));
    const page = pages.shift();
    if (page === undefined || page === "gone") throw new TypeError("Failed to fetch");
    if (page === 410) return new Response("{}", { status: 410 });
    return Response.json(page, { headers: { Date: new Date(now - fastMs).toUTCString() } });
  });
}

const last = (items: Change[], cursor = "end"): Page => ({ items, next_cursor: cursor, more: false, revision: 7 });
const more = (items: Change[], cursor: string): Page => ({ items, next_cursor: cursor, more: true, revision: 7 });

async function phone() {
  vi.resetModules();
  return import("./stations.ts");
}

async function names(): Promise<string[] | null> {
  const answer = await (await phone()).nearestOffline({ ...HERE, limit: 100 });
  return answer?.items.map(({ id }) => id) ?? null;
}

beforeEach(() => {
  asked = [];
  now = START_MS;
  fastMs = 0;
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("navigator", {});
  vi.spyOn(Date, "now").mockImplementation(() => now);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("nothing saved is said as nothing, not as an empty list", async () => {
  expect(await names()).toBeNull();
});

test("pages are followed to the end and the next visit goes on from there", async () => {
  server(more([upsert("b")], "1"), last([upsert("a")], "2"));
  await (await phone()).followChanges();
  expect(asked).toEqual([null, "1"]);
  expect(await names()).toEqual(["a", "b"]);
  now += 60_000;
  server(last([{ type: "delete", id: "a" }, upsert("c")], "3"));
  await (await phone()).followChanges();
  expect(asked.at(-1)).toBe("2");
  expect(await names()).toEqual(["b", "c"]);
});

test("asked again at once, the feed is left alone", async () => {
  server(last([upsert("a")]));
  const { followChanges } = await phone();
  await followChanges();
  await followChanges();
  expect(asked).toHaveLength(1);
});

test("a network that goes away in the middle loses no page, and the rest comes later", async () => {
  server(more([upsert("a")], "1"), "gone");
  await (await phone()).followChanges();
  expect(await names()).toEqual(["a"]);
  server(last([upsert("b")]));
  await (await phone()).followChanges();
  expect(asked.at(-1)).toBe("1");
  expect(await names()).toEqual(["a", "b"]);
});

test("a cursor too old starts anew, and what is no longer named is gone", async () => {
  server(last([upsert("a"), upsert("b")], "old"));
  await (await phone()).followChanges();
  now += 60_000;
  server(410, last([upsert("b")], "new"));
  await (await phone()).followChanges();
  expect(asked.slice(-2)).toEqual(["old", null]);
  expect(await names()).toEqual(["b"]);
});

test("after two days everything is read again, so that the hours do not run out", async () => {
  server(last([upsert("a")], "1"));
  await (await phone()).followChanges();
  now += 2 * 86_400_000 + 1;
  server(last([upsert("a")], "2"));
  await (await phone()).followChanges();
  expect(asked.at(-1)).toBeNull();
});

test("a hidden page asks for nothing", async () => {
  vi.stubGlobal("document", { hidden: true });
  server(last([upsert("a")]));
  await (await phone()).followChanges();
  expect(asked).toEqual([]);
});

test("the age of the answer is when the feed was last followed", async () => {
  server(last([upsert("a")]));
  await (await phone()).followChanges();
  now += 3_600_000;
  const answer = await (await phone()).nearestOffline({ ...HERE });
  expect(answer?.saved_at).toBe(START_MS);
  expect(answer?.items[0]?.opening.state).toBe("open");
});

test("a phone whose clock is a day fast still takes the server's word for the hours it was given", async () => {
  fastMs = 86_400_000;
  now = START_MS + fastMs;
  server(last([upsert("a")]));
  await (await phone()).followChanges();
  const saved = await (await phone()).savedStation("a");
  expect(saved?.hours_from).toBe(Date.parse("2026-11-24T10:00:00Z"));
});

test("of more than the phone keeps, the farthest from the last place go", async () => {
  vi.resetModules();
  const { set } = await import("./kv.ts");
  await set("last-place", HERE);
  const far = Array.from({ length: 20_003 }, (_, index) => upsert(`s${index}`, 33.6 + index * 1e-4));
  server(last(far));
  const { followChanges, savedStation } = await phone();
  await followChanges();
  expect(await savedStation("s19999")).not.toBeNull();
  expect(await savedStation("s20000")).toBeNull();
}, 30_000);

test("without a database nothing is kept and nothing breaks", async () => {
  vi.stubGlobal("indexedDB", undefined);
  server(last([upsert("a")]));
  await (await phone()).followChanges();
  expect(asked).toEqual([]);
  expect(await names()).toBeNull();
});
