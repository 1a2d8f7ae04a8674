// Distance and datum agree with the vectors that the server is held to as well.
import { describe, expect, test } from "vitest";
import datums from "../../../../vectors/datum.json" with { type: "json" };
import distances from "../../../../vectors/distance.json" with { type: "json" };
import { wgs84ToBd09, wgs84ToGcj02 } from "./datum.ts";
import { distanceM, type LatLon, wholeMm } from "./distance.ts";

function expectWithin(found: LatLon, expected: LatLon, degrees: number): void {
  expect(Math.abs(found.lat - expected.lat)).toBeLessThanOrEqual(degrees);
  expect(Math.abs(found.lon - expected.lon)).toBeLessThanOrEqual(degrees);
}

describe("distance", () => {
  test.each(distances.cases)("$name", ({ from, to, distance_m }) => {
    const found = wholeMm(distanceM(from, to)) / 1000;
    expect(Math.abs(found - distance_m)).toBeLessThanOrEqual(distances.tolerance_m);
    expect(wholeMm(distanceM(to, from)) / 1000).toBe(found);
  });
});

describe("datum", () => {
  test.each(datums.cases)("$name", ({ wgs84, gcj02, bd09 }) => {
    expectWithin(wgs84ToGcj02(wgs84), gcj02, datums.tolerance_degrees);
    expectWithin(wgs84ToBd09(wgs84), bd09, datums.tolerance_degrees);
  });

  test.each(datums.bd09_seen)("BD-09 as answered by $name", ({ wgs84, bd09, tolerance_degrees }) => {
    expectWithin(wgs84ToBd09(wgs84), bd09, tolerance_degrees);
  });
});
