// The links equal the vectors, and never say where the rider is.
import { expect, test } from "vitest";
import vectors from "../../../../vectors/map_links.json" with { type: "json" };
import { type MapApp, type MapMode, mapLink } from "./maplinks.ts";

test.each(vectors.cases)("$app, $mode, to $to.name", ({ app, mode, to, link }) => {
  expect(mapLink(app as MapApp, to, mode as MapMode)).toBe(link);
});

test("every link is https, so that it works inside WeChat", () => {
  for (const app of ["amap", "baidu", "tencent"] as const) {
    expect(new URL(mapLink(app, { lat: 33.6, lon: 117, name: "饮水 点" })).protocol).toBe("https:");
  }
});
