// What the list asks the server, and which places it folds away.
import { expect, test } from "vitest";
import type { Near } from "../../shared/store/types.ts";
import { NEAR_M, type Question, queryOf, unusable } from "./nearest.ts";
import { restored } from "./whereabouts.ts";

const place = { lat: 33.6, lon: 116.9, label: null, at: 0, how: "gps" } as const;

function question(given: Partial<Question> = {}): Question {
  return { place, services: [], when: "now", travel: "ebike", ...given };
}

test("now: what may be open, near, with a count of what is left out", () => {
  expect(queryOf(question(), 10, false)).toEqual({
    lat: 33.6,
    lon: 116.9,
    open: "possible",
    limit: 10,
    left_out: true,
    max_m: NEAR_M,
  });
});

test("services are all asked for, and looking farther drops the reach", () => {
  const query = queryOf(question({ services: ["water", "toilet"] }), 20, true);
  expect(query).toMatchObject({ services: ["water", "toilet"], limit: 20 });
  expect(query).not.toHaveProperty("max_m");
});

test("on arrival goes by how the rider travels; all night takes what is closed now too", () => {
  expect(queryOf(question({ when: "arrival", travel: "foot" }), 10, false)).toMatchObject({
    travel: "foot",
    open: "possible",
  });
  const night = queryOf(question({ when: "night" }), 10, false);
  expect(night).toMatchObject({ all_night: true, open: "any" });
  expect(night).not.toHaveProperty("travel");
});

test("folded places are those that have the services but are not in the list", () => {
  const near = (id: string, kinds: string[]) => ({ id, services: kinds.map((kind) => ({ kind })) }) as Near;
  const all = [near("shown", ["water"]), near("shut", ["water", "toilet"]), near("dry", ["toilet"])];
  expect(unusable(all, [all[0] as Near], ["water"]).map(({ id }) => id)).toEqual(["shut"]);
});

test("a position of an earlier visit is called the last place, a chosen area stays chosen", () => {
  expect(restored({ ...place }, 3 * 60_000)?.how).toBe("last");
  expect(restored({ ...place }, 60_000)?.how).toBe("gps");
  expect(restored({ ...place, how: "region" }, 3_600_000)?.how).toBe("region");
  expect(restored(null, 0)).toBeNull();
});
