// The search for regions: by name or initials; who has no middle of his own is counted from the next one above.
import { expect, test } from "vitest";
import type { Region } from "../../shared/api/client.ts";
import { matching } from "./places.ts";

const region = (code: string, name: string, initials: string, middle: [number, number] | null): Region => ({
  code,
  name,
  initials,
  level: code.length === 6 ? "district" : code.length === 9 ? "street" : "community",
  parent_code: code.length === 6 ? "341300" : code.slice(0, -3),
  lat: middle?.[0] ?? null,
  lon: middle?.[1] ?? null,
  stations: middle ? 1 : 0,
});
const YONGQIAO = region("341302", "埇桥区", "yqq", [33.6, 117]);
const BEIGUAN = region("341302008", "北关街道", "bgjd", [33.65, 116.96]);
const DONGXIANQIAO = region("341302008003", "东仙桥社区居委会", "dxqsqjwh", null);
const ALL = [YONGQIAO, BEIGUAN, DONGXIANQIAO];

test("a region is found by a part of its name or the beginning of its initials", () => {
  expect(matching(ALL, "桥").map((hit) => hit.region.name)).toEqual(["埇桥区", "东仙桥社区居委会"]);
  expect(matching(ALL, "BGJ").map((hit) => hit.region)).toEqual([BEIGUAN]);
  expect(matching(ALL, "x")).toEqual([]);
});

test("a community without a middle is counted from its street", () => {
  expect(matching(ALL, "东仙桥")).toEqual([{ region: DONGXIANQIAO, middle: BEIGUAN }]);
});
