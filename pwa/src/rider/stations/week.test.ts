// The week's table and opening hours in words.
import { expect, test } from "vitest";
import type { Interval } from "../../shared/store/types.ts";
import { en } from "../../shared/words/en.ts";
import { en as pagesEn } from "../../shared/words/pages.en.ts";
import { zh as pagesZh } from "../../shared/words/pages.zh.ts";
import { zh as listZh } from "../../shared/words/zh.ts";
import { dayText, hoursText, weekOf } from "./week.ts";

const zh = { ...listZh, ...pagesZh };
const NOW = Date.parse("2026-11-24T04:00:00Z"); // noon in Shanghai, a Tuesday

function texts(open: Interval[], unknown: Interval[] = []): string[] {
  return weekOf(open, unknown, NOW).map((day) => dayText(day, NOW, zh));
}

test("a day's hours stand in its line and other days are closed", () => {
  const [today, tomorrow, next] = texts([["2026-11-25T00:00:00Z", "2026-11-25T12:00:00Z"]]);
  expect([today, tomorrow, next]).toEqual(["不再开了", "8:00–20:00", "不开"]);
});

test("of a day that has begun only the end is known", () => {
  expect(texts([["2026-11-24T04:00:00Z", "2026-11-24T12:00:00Z"]])[0]).toBe("开到 20:00");
});

test("a night belongs to the evening it begins", () => {
  const [today, tomorrow] = texts([["2026-11-24T10:00:00Z", "2026-11-24T18:00:00Z"]]);
  expect(today).toBe("18:00–2:00");
  expect(tomorrow).toBe("不开");
});

test("what is always open is open all day", () => {
  const week = texts([["2026-11-24T04:00:00Z", "2026-12-01T04:00:00Z"]]);
  expect(week[1]).toBe("全天");
  expect(week[0]).toBe("开到 24:00");
});

test("two openings a day are both told", () => {
  const pair: Interval[] = [
    ["2026-11-25T00:00:00Z", "2026-11-25T04:00:00Z"],
    ["2026-11-25T06:00:00Z", "2026-11-25T10:00:00Z"],
  ];
  expect(texts(pair)[1]).toBe("8:00–12:00、14:00–18:00");
});

test("a day nobody knows is unknown and not closed", () => {
  expect(texts([], [["2026-11-25T16:00:00Z", "2026-11-26T16:00:00Z"]])[2]).toBe("未知");
});

test("hours are read out as a rider says them", () => {
  expect(hoursText("Mo-Su 08:00-20:00", zh)).toBe("每天 8:00–20:00");
  expect(hoursText("Mo-Fr 09:00-17:30; PH off", zh)).toBe("周一到周五 9:00–17:30；节假日不开");
  expect(hoursText("Sa,Su 10:00-16:00", zh)).toBe("周六、周日 10:00–16:00");
  expect(hoursText("24/7", zh)).toBe("24 小时");
  expect(hoursText("Mo-Fr 09:00-17:30; PH off", { ...en, ...pagesEn })).toBe("Mon–Fri 9:00–17:30; holidays closed");
});

test("a rule without words for it stays as written", () => {
  expect(hoursText("sunrise-sunset", zh)).toBe("sunrise-sunset");
  expect(hoursText('Mo-Fr 08:00-18:00 "by appointment"', zh)).toBe('Mo-Fr 08:00-18:00 "by appointment"');
});
