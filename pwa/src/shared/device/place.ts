// Where the rider is: asks the phone once, on a tap, and never hangs (WeChat and some ROMs never call back).

export type Place = {
  lat: number;
  lon: number;
  label: string | null;
  /** When it was learnt, milliseconds since 1970. */
  at: number;
  how: "gps" | "last" | "region" | "map" | "centre";
};

export type Position =
  | { ok: true; lat: number; lon: number; accuracy_m: number }
  | { ok: false; why: "denied" | "timeout" | "unavailable" | "insecure" };

/** A fix this good is taken at once; a worse one waits for a better until half of the time is gone. */
const GOOD_ENOUGH_M = 200;
/** A position the phone knows already, at most this old, is as good as a new one. */
const MAX_AGE_MS = 30_000;

const PERMISSION_DENIED = 1;

/**
 * Asks satellites and network at the same time; always settles within `timeoutMs`.
 * `onLate` hears of a position that came after that (the rider read the permission question for long).
 */
export function askPosition(timeoutMs = 8000, onLate?: (late: Position) => void): Promise<Position> {
  if (!window.isSecureContext) return Promise.resolve({ ok: false, why: "insecure" });
  const locator = navigator.geolocation as Geolocation | undefined;
  if (!locator) return Promise.resolve({ ok: false, why: "unavailable" });

  return new Promise((resolve) => {
    let settled = false;
    let best: (Position & { ok: true }) | null = null;
    let failures = 0;
    let halfTime = false;

    const settle = (answer: Position) => {
      if (settled) {
        if (answer.ok) onLate?.(answer);
        return;
      }
      settled = true;
      clearTimeout(half);
      clearTimeout(end);
      resolve(answer);
    };
    const half = setTimeout(() => {
      halfTime = true;
      if (best) settle(best);
    }, timeoutMs / 2);
    const end = setTimeout(() => settle(best ?? { ok: false, why: "timeout" }), timeoutMs);

    const found = ({ coords }: GeolocationPosition) => {
      const here: Position = {
        ok: true,
        lat: coords.latitude,
        lon: coords.longitude,
        accuracy_m: coords.accuracy,
      };
      if (!best || here.accuracy_m < best.accuracy_m) best = here;
      if (halfTime || failures > 0 || best.accuracy_m <= GOOD_ENOUGH_M) settle(best);
    };
    const failed = (error: GeolocationPositionError) => {
      failures += 1;
      if (error.code === PERMISSION_DENIED) settle({ ok: false, why: "denied" });
      else if (best) settle(best);
      else if (failures === 2) settle({ ok: false, why: "unavailable" });
    };
    for (const enableHighAccuracy of [true, false]) {
      locator.getCurrentPosition(found, failed, {
        enableHighAccuracy,
        timeout: timeoutMs,
        maximumAge: MAX_AGE_MS,
      });
    }
  });
}
