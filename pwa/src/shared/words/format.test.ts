// Numbers and times as riders read them.
import { expect, test } from "vitest";
import { age, coming, distance, lasting, local, savedTime } from "./format.ts";
import { zh } from "./zh.ts";

const NOW = Date.parse("2026-11-24T04:00:00Z"); // noon in Shanghai

test("metres stay whole below a kilometre and become kilometres from it", () => {
  expect(distance(131.6, zh)).toEqual({ number: "132", unit: "米" });
  expect(distance(999.6, zh)).toEqual({ number: "1.0", unit: "公里" });
  expect(distance(1149, zh)).toEqual({ number: "1.1", unit: "公里" });
  expect(distance(123_400, zh)).toEqual({ number: "123", unit: "公里" });
});

test("an age gets coarser the older it is", () => {
  expect(age("2026-11-24T03:59:30Z", NOW, zh)).toBe("刚刚");
  expect(age("2026-11-24T03:48:00Z", NOW, zh)).toBe("12 分钟前");
  expect(age("2026-11-24T02:00:00Z", NOW, zh)).toBe("2 小时前");
  expect(age("2026-11-24T01:00:00Z", NOW, zh)).toBe("今天 9:00");
  expect(age("2026-11-23T13:40:00Z", NOW, zh)).toBe("昨天 21:40");
  expect(age("2026-11-21T04:00:00Z", NOW, zh)).toBe("3 天前");
  expect(age("2026-10-01T04:00:00Z", NOW, zh)).toBe("54 天前");
  expect(age("2026-05-01T04:00:00Z", NOW, zh)).toBe("5 月 1 日");
  expect(age("2025-10-01T04:00:00Z", NOW, zh)).toBe("2025 年 10 月");
  expect(age(null, NOW, zh)).toBe("没人核实过");
});

test("yesterday begins at midnight in Shanghai and not 24 hours ago", () => {
  expect(age("2026-11-23T15:59:00Z", NOW, zh)).toBe("昨天 23:59");
  expect(age("2026-11-23T16:01:00Z", NOW, zh)).toBe("今天 0:01");
});

test("a coming moment names its day unless that is today", () => {
  expect(coming(Date.parse("2026-11-24T12:00:00Z"), NOW, zh)).toBe("20:00");
  expect(coming(Date.parse("2026-11-24T16:00:00Z"), NOW, zh)).toBe("24:00");
  expect(coming(Date.parse("2026-11-24T18:00:00Z"), NOW, zh)).toBe("明天 2:00");
  expect(coming(Date.parse("2026-11-26T00:00:00Z"), NOW, zh)).toBe("周四 8:00");
});

test("a length of time is rounded down so that it never promises too much", () => {
  expect(lasting(3.9 * 60_000, zh)).toBe("3 分钟");
  expect(lasting(179 * 60_000, zh)).toBe("2 小时");
});

test("what was saved is named by its time", () => {
  expect(savedTime(Date.parse("2026-11-24T02:42:00Z"), NOW, zh)).toBe("今天 10:42");
});

test("Shanghai is eight hours ahead at every season", () => {
  expect(local(Date.parse("2026-07-01T16:30:00Z"))).toMatchObject({ month: 7, day: 2, weekday: 4, time: "0:30" });
});
