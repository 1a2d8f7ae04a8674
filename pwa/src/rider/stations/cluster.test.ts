// Pins never overlap, and none is lost.
import { expect, test } from "vitest";
import { cluster } from "./cluster.ts";

test("pins apart stay apart and keep their order", () => {
  const dots = [
    { id: "a", x: 0, y: 0 },
    { id: "b", x: 60, y: 0 },
  ];
  expect(cluster(dots, 60, null).map(({ members }) => members)).toEqual([["a"], ["b"]]);
});

test("ten thousand places at one point are one heap", () => {
  const dots = Array.from({ length: 10_000 }, (_, index) => ({ id: `${index}`, x: 5, y: 5 }));
  const heaps = cluster(dots, 60, null);
  expect(heaps).toHaveLength(1);
  expect(heaps[0]?.members).toHaveLength(10_000);
});

test("the chosen place is drawn by itself even among others", () => {
  const dots = ["a", "b", "c"].map((id) => ({ id, x: 1, y: 1 }));
  expect(cluster(dots, 60, "b").map(({ members }) => members)).toEqual([["a", "c"], ["b"]]);
});

test("two heaps are never nearer than the distance asked for, and hold every pin once", () => {
  const dots = Array.from({ length: 300 }, (_, i) => ({ id: `${i}`, x: (i * 97) % 360, y: (i * 61) % 740 }));
  const heaps = cluster(dots, 60, null);
  for (const one of heaps) {
    for (const other of heaps) {
      if (one !== other) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(60);
    }
  }
  expect(heaps.flatMap(({ members }) => members).sort()).toEqual(dots.map(({ id }) => id).sort());
});
