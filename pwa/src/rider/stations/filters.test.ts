// Which four services have a chip of their own.
import { expect, test } from "vitest";
import { zh } from "../../shared/words/zh.ts";
import { SERVICES, slotsFor } from "./filters.ts";

const FOUR = ["water", "phone_charging", "microwave", "toilet"];

test("chips stay where they are while one of the four is asked for", () => {
  expect(slotsFor(FOUR, ["toilet"])).toEqual(FOUR);
});

test("another service takes the last chip that is not asked for", () => {
  expect(slotsFor(FOUR, ["toilet", "first_aid"])).toEqual(["water", "phone_charging", "first_aid", "toilet"]);
});

test("a chip in force is never pushed out", () => {
  expect(slotsFor(FOUR, [...FOUR, "first_aid"])).toEqual(FOUR);
});

test("every service of the sheet has a name", () => {
  for (const { kind } of SERVICES) expect(zh.service[kind]).toBeTruthy();
});
