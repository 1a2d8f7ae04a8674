// How a station reads: open or not, what works, where the amber button goes.
import { expect, test } from "vitest";
import type { Near, Opening, StationService } from "../../shared/store/types.ts";
import { zh } from "../../shared/words/zh.ts";
import { bestOf, factsAge, factsAt, groups, hiddenWhy, nameOf, openLine, stillOpen } from "./reading.ts";

const NOW = Date.parse("2026-11-24T04:00:00Z"); // noon in Shanghai

function opening(given: Partial<Opening> = {}): Opening {
  return {
    state: "open",
    until: "2026-11-24T12:00:00Z",
    next_change: "2026-11-24T12:00:00Z",
    text: null,
    staffed: true,
    calendar_missing: false,
    ...given,
  };
}

function service(kind: string, given: Partial<StationService> = {}): StationService {
  return { kind, fee: "free", state: "working", as_of: "2026-11-24T03:48:00Z", ...given };
}

function near(given: Partial<Near> = {}): Near {
  return {
    id: "a",
    name: "西关街道暖蜂驿站",
    kind: "party_centre",
    lat: 33.6,
    lon: 116.9,
    address: null,
    region_code: null,
    services: [service("water")],
    opening: opening(),
    walk_in: "unknown",
    access: "unknown",
    source: { name: "x", external_id: "1" },
    verified_at: "2026-11-21T04:00:00Z",
    sample: false,
    distance_m: 132,
    arrives_at: null,
    closes_soon: null,
    ...given,
  };
}

test("a nameless place is called by its kind", () => {
  expect(nameOf({ name: null, kind: "public_toilet" }, zh)).toBe("公厕");
  expect(nameOf({ name: null, kind: "a kind of tomorrow" }, zh)).toBe("服务点");
});

test("an open place says until when, and in its last half hour how long still", () => {
  expect(openLine(near(), NOW, zh)).toMatchObject({ tone: "good", text: "开到 20:00" });
  const closing = near({ opening: opening({ until: "2026-11-24T04:20:00Z" }) });
  expect(openLine(closing, NOW, zh)).toMatchObject({ tone: "warn", text: "还有 20 分钟关" });
});

test("a place that never closes says 24 hours", () => {
  expect(openLine(near({ opening: opening({ until: null }) }), NOW, zh).text).toBe("24 小时");
});

test("a closed place says when it opens", () => {
  const closed = near({ opening: opening({ state: "closed", until: null, next_change: "2026-11-25T00:00:00Z" }) });
  expect(openLine(closed, NOW, zh)).toMatchObject({ tone: "bad", text: "关着，明天 8:00 开" });
});

test("unknown hours are said to be unknown and have no colour", () => {
  const unknown = near({ opening: opening({ state: "unknown", until: null, next_change: null }) });
  expect(openLine(unknown, NOW, zh)).toEqual({ icon: "unknown", tone: "plain", text: "时间未知" });
});

test("judged on arrival a place says how long it stays open from then", () => {
  const arriving = near({ arrives_at: "2026-11-24T09:30:00Z", closes_soon: false });
  expect(openLine(arriving, NOW, zh).text).toBe("到时还剩 2 小时");
  const late = near({ arrives_at: "2026-11-24T11:57:00Z", closes_soon: true });
  expect(openLine(late, NOW, zh)).toMatchObject({ tone: "warn", text: "到后 3 分钟就关" });
});

test("what is asked for is grouped by state, and what nobody knows counts as unknown", () => {
  const services = [service("water"), service("toilet", { state: "unknown" })];
  expect(groups(services, ["toilet", "water"])).toEqual([
    { state: "working", kinds: ["water"] },
    { state: "unknown", kinds: ["toilet"] },
  ]);
});

test("when nothing is asked for the three most useful services stand there", () => {
  const services = ["counsel", "rest", "toilet", "water", "microwave"].map((kind) => service(kind));
  expect(groups(services, [])).toEqual([{ state: "working", kinds: ["water", "microwave", "toilet"] }]);
});

test("of two units of a service one that works is enough", () => {
  const services = [service("toilet", { state: "broken" }), service("toilet")];
  expect(groups(services, ["toilet"])).toEqual([{ state: "working", kinds: ["toilet"] }]);
});

test("a row is as old as the oldest of the facts asked for", () => {
  const station = near({ services: [service("water"), service("toilet", { as_of: "2026-11-24T01:00:00Z" })] });
  expect(factsAt(station, ["water", "toilet"])).toBe("2026-11-24T01:00:00Z");
  expect(factsAt(station, [])).toBe(station.verified_at);
  expect(factsAt({ ...station, verified_at: null }, [])).toBe("2026-11-24T03:48:00Z");
  expect(factsAt({ ...station, verified_at: null, services: [] }, [])).toBeNull();
});

test("saved facts are named by their time and do not get fresher", () => {
  expect(factsAge(near(), ["water"], NOW, false, zh)).toBe("12 分钟前");
  expect(factsAge(near(), ["water"], NOW, true, zh)).toBe("今天 11:48 的情况");
});

test("the amber button passes over what is only possible", () => {
  const unknown = near({ id: "u", opening: opening({ state: "unknown" }) });
  const doubtful = near({ id: "d", services: [service("water", { state: "unknown" })] });
  expect(bestOf([unknown, doubtful, near()], ["water"])).toMatchObject({ sure: true, near: { id: "a" } });
});

test("the amber button says possible when nothing is certain, and is absent when there is nothing", () => {
  const unknown = near({ id: "u", opening: opening({ state: "unknown" }) });
  expect(bestOf([unknown], [])).toMatchObject({ sure: false, near: { id: "u" } });
  expect(bestOf([], [])).toBeNull();
});

test("a place that closes right after the arrival is not certain", () => {
  expect(bestOf([near({ closes_soon: true })], [])).toMatchObject({ sure: false });
});

test("the folded places name what is wrong with them", () => {
  expect(hiddenWhy({ closed: 1, broken: 1 }, ["phone_charging"], false, zh)).toBe("充电坏了、已关门");
  expect(hiddenWhy({ closed: 0, broken: 2 }, ["water", "toilet"], false, zh)).toBe("东西坏了");
  expect(hiddenWhy({ closed: 3, broken: 0 }, [], true, zh)).toBe("不通宵");
});

test("whether it is still open on arrival is only said of what is open", () => {
  expect(stillOpen(opening(), Date.parse("2026-11-24T11:59:59Z"))).toBe(true);
  expect(stillOpen(opening(), Date.parse("2026-11-24T12:00:00Z"))).toBe(false);
  expect(stillOpen(opening({ until: null }), NOW)).toBe(true);
  expect(stillOpen(opening({ state: "unknown" }), NOW)).toBeNull();
});
