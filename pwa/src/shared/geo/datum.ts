// The three datums of Chinese maps: WGS-84 (GPS, ours), GCJ-02 (AMap, Tencent), BD-09 (Baidu). Same as app/kit/datum.py.
import type { LatLon } from "./distance.ts";

// Krasovsky 1940, the ellipsoid that GCJ-02 is defined on.
const SEMI_MAJOR_M = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
const BAIDU_RADIANS = (Math.PI * 3000) / 180;

/** GCJ-02 shifts only inside this box; elsewhere it equals WGS-84. */
function isShifted({ lat, lon }: LatLon): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

function waves(x: number): number {
  return (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);
}

function shift({ lat, lon }: LatLon): LatLon {
  const x = lon - 105;
  const y = lat - 35;
  const { sin, sqrt, abs, cos, PI } = Math;
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * sqrt(abs(x)) +
    waves(x) +
    (20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * (2 / 3) +
    (160 * sin((y / 12) * PI) + 320 * sin((y / 30) * PI)) * (2 / 3);
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * sqrt(abs(x)) +
    waves(x) +
    (20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * (2 / 3) +
    (150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * (2 / 3);
  const phi = (lat / 180) * PI;
  const curve = 1 - ECCENTRICITY_SQUARED * sin(phi) ** 2;
  return {
    lat: (north * 180) / (((SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / (curve * sqrt(curve))) * PI),
    lon: (east * 180) / ((SEMI_MAJOR_M / sqrt(curve)) * cos(phi) * PI),
  };
}

export function wgs84ToGcj02(at: LatLon): LatLon {
  if (!isShifted(at)) return { lat: at.lat, lon: at.lon };
  const by = shift(at);
  return { lat: at.lat + by.lat, lon: at.lon + by.lon };
}

function gcj02ToBd09({ lat, lon }: LatLon): LatLon {
  const radius = Math.hypot(lon, lat) + 0.000_02 * Math.sin(lat * BAIDU_RADIANS);
  const angle = Math.atan2(lat, lon) + 0.000_003 * Math.cos(lon * BAIDU_RADIANS);
  return { lat: radius * Math.sin(angle) + 0.006, lon: radius * Math.cos(angle) + 0.0065 };
}

/** Through GCJ-02; outside its box Baidu's maps use WGS-84 too. */
export function wgs84ToBd09(at: LatLon): LatLon {
  return isShifted(at) ? gcj02ToBd09(wgs84ToGcj02(at)) : { lat: at.lat, lon: at.lon };
}
