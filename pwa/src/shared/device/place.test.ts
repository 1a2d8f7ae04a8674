// Asking for the position always ends, whatever the phone does.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askPosition, type Position } from "./place.ts";

type Found = (position: { coords: { latitude: number; longitude: number; accuracy: number } }) => void;
type Failed = (error: { code: number }) => void;
type Asked = { found: Found; failed: Failed; precise: boolean };

let asked: Asked[];

function phone(isSecureContext = true, geolocation: unknown = undefined): void {
  const locator = {
    getCurrentPosition(found: Found, failed: Failed, options: PositionOptions) {
      asked.push({ found, failed, precise: options.enableHighAccuracy === true });
    },
  };
  vi.stubGlobal("window", { isSecureContext });
  vi.stubGlobal("navigator", { geolocation: geolocation === undefined ? locator : geolocation });
}

function fix(accuracy: number, latitude = 33.6): Parameters<Found>[0] {
  return { coords: { latitude, longitude: 117, accuracy } };
}

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
  phone();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a phone that never calls back ends after eight seconds", async () => {
  const answer = askPosition();
  await vi.advanceTimersByTimeAsync(8000);
  expect(await answer).toEqual({ ok: false, why: "timeout" });
});

test("a good fix is taken at once", async () => {
  const answer = askPosition();
  asked[0]?.found(fix(12));
  expect(await answer).toEqual({ ok: true, lat: 33.6, lon: 117, accuracy_m: 12 });
});

test("a coarse fix waits for a better one, but only for half of the time", async () => {
  const answer = askPosition(8000);
  asked[1]?.found(fix(1500));
  let settled: Position | null = null;
  void answer.then((position) => {
    settled = position;
  });
  await vi.advanceTimersByTimeAsync(3900);
  expect(settled).toBeNull();
  await vi.advanceTimersByTimeAsync(200);
  expect(settled).toMatchObject({ ok: true, accuracy_m: 1500 });
});

test("a refusal is said at once", async () => {
  const answer = askPosition();
  asked[0]?.failed({ code: 1 });
  expect(await answer).toEqual({ ok: false, why: "denied" });
});

test("no satellites is not the end while the network may still answer", async () => {
  const answer = askPosition();
  asked[0]?.failed({ code: 2 });
  asked[1]?.found(fix(900));
  expect(await answer).toMatchObject({ ok: true, accuracy_m: 900 });
});

test("neither satellites nor network is said", async () => {
  const answer = askPosition();
  asked[0]?.failed({ code: 2 });
  asked[1]?.failed({ code: 2 });
  expect(await answer).toEqual({ ok: false, why: "unavailable" });
});

test("a position that comes after the end is handed over all the same", async () => {
  const late: Position[] = [];
  const answer = askPosition(8000, (position) => late.push(position));
  await vi.advanceTimersByTimeAsync(8000);
  expect(await answer).toMatchObject({ why: "timeout" });
  asked[0]?.found(fix(20));
  expect(late).toHaveLength(1);
});

test("a page without https says so and does not ask", async () => {
  phone(false);
  expect(await askPosition()).toEqual({ ok: false, why: "insecure" });
  expect(asked).toHaveLength(0);
});

test("a phone without geolocation says so", async () => {
  phone(true, null);
  expect(await askPosition()).toEqual({ ok: false, why: "unavailable" });
});
