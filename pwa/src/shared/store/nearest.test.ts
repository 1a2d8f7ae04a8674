// The phone answers vectors/nearest.json as the server does.
import { expect, test } from "vitest";
import vectors from "../../../../vectors/nearest.json" with { type: "json" };
import { openingAt } from "./hours.ts";
import { nearest } from "./nearest.ts";
import type { Interval, Near, NearestQuery, StationService, StoredStation } from "./types.ts";

const NOW_MS = Date.parse(vectors.now);
const DAY_MS = 86_400_000;

type Given = (typeof vectors.stations)[number];

function stored({ services, open_intervals, unknown_intervals, opening_hours, ...own }: Given): StoredStation {
  const states = Object.entries(services) as [string, StationService["state"]][];
  return {
    ...own,
    kind: "other",
    address: null,
    region_code: null,
    services: states.map(([kind, state]) => ({ kind, state, fee: "unknown", as_of: null })),
    opening: {
      state: "unknown",
      until: null,
      next_change: null,
      text: opening_hours,
      staffed: null,
      calendar_missing: false,
    },
    walk_in: "unknown",
    access: "unknown",
    verified_at: null,
    sample: false,
    source: { name: "test", external_id: own.id, licence: null, url: null },
    aliases: [],
    operator: null,
    unattended_hours: null,
    access_note: null,
    wheelchair: "unknown",
    phone: null,
    how_to_find: null,
    revision: 1,
    updated_at: vectors.now,
    open_intervals: open_intervals as Interval[],
    unknown_intervals: unknown_intervals as Interval[],
    saved_at: NOW_MS,
    hours_from: NOW_MS,
    walk: NOW_MS,
  };
}

function said(near: Near | null) {
  if (!near) return null;
  const { name, distance_m, arrives_at, closes_soon, opening } = near;
  const { state, until, next_change } = opening;
  return { name, distance_m, arrives_at, closes_soon, state, until, next_change };
}

const stations = vectors.stations.map(stored);

test.each(vectors.cases)("$name", ({ query, items, beyond, left_out }) => {
  const answer = nearest(stations, query as NearestQuery, NOW_MS, 1);
  expect(answer.items.map(said)).toEqual(items);
  expect(said(answer.beyond)).toEqual(beyond);
  expect(answer.left_out).toEqual(left_out);
});

test("what the phone keeps for itself does not leak into a row", () => {
  const [first] = nearest(stations, { lat: 33.6, lon: 117, limit: 1 }, NOW_MS, 1).items;
  for (const own of ["open_intervals", "unknown_intervals", "saved_at", "hours_from", "walk"]) {
    expect(first).not.toHaveProperty(own);
  }
});

const always = stations[0] as StoredStation;

test("after the saved week nothing is called open or closed", () => {
  expect(openingAt(always, NOW_MS + 6.9 * DAY_MS).state).toBe("open");
  expect(openingAt(always, NOW_MS + 7 * DAY_MS)).toMatchObject({ state: "unknown", until: null, next_change: null });
});

test("a phone whose clock is an hour slow still reads the hours it was given", () => {
  expect(openingAt(always, NOW_MS - 3_600_000).state).toBe("open");
});
