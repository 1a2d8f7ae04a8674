// Great-circle distance on the sphere, the same formula as app/kit/geo.py (vectors/distance.json proves it).

/** Mean earth radius in metres (IUGG). */
export const EARTH_RADIUS_M = 6_371_008.8;

export interface LatLon {
  lat: number;
  lon: number;
}

const RADIANS = Math.PI / 180;

/** Unit vector of a position given in degrees. */
export function unitVector({ lat, lon }: LatLon): [number, number, number] {
  const cosLat = Math.cos(lat * RADIANS);
  return [cosLat * Math.cos(lon * RADIANS), cosLat * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)];
}

/**
 * Metres between two positions in degrees: 2R·atan2(|u−v|, |u+v|).
 * Unlike acos or haversine it stays exact both for neighbours and for antipodes.
 */
export function distanceM(from: LatLon, to: LatLon): number {
  const u = unitVector(from);
  const v = unitVector(to);
  const apart = Math.hypot(u[0] - v[0], u[1] - v[1], u[2] - v[2]);
  const together = Math.hypot(u[0] + v[0], u[1] + v[1], u[2] + v[2]);
  return 2 * EARTH_RADIUS_M * Math.atan2(apart, together);
}

/** Whole millimetres: what the API rounds to and orders by. */
export function wholeMm(metres: number): number {
  return Math.round(metres * 1000);
}
