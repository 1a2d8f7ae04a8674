// Links that hand navigation over to AMap, Baidu or Tencent: https only, datum converted here, once, and named.
import { wgs84ToBd09, wgs84ToGcj02 } from "../geo/datum.ts";
import type { LatLon } from "../geo/distance.ts";

export type MapApp = "amap" | "baidu" | "tencent";
export type MapTarget = LatLon & { name: string };
export type MapMode = "foot" | "ebike";

/** How these services know who links to them. */
const REFERRER = "nuanfeng";

function degrees(value: number): string {
  return value.toFixed(6);
}

function query(parameters: Record<string, string>): string {
  return Object.entries(parameters)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join("&");
}

/**
 * An https address (app schemes do nothing inside WeChat) that opens the way to `to`, given in WGS-84.
 * The rider's own position is never put into it: each service starts from where the phone says it is.
 * Baidu's page of a way needs a start, so there the place itself is opened, one tap from the way.
 */
export function mapLink(app: MapApp, to: MapTarget, mode: MapMode = "ebike"): string {
  // "|" and "," separate fields in these addresses.
  const name = to.name.replace(/[|,]/g, " ");
  if (app === "baidu") {
    const at = wgs84ToBd09(to);
    return `https://api.map.baidu.com/marker?${query({
      location: `${degrees(at.lat)},${degrees(at.lon)}`,
      title: name,
      content: name,
      coord_type: "bd09ll",
      output: "html",
      src: REFERRER,
    })}`;
  }
  const at = wgs84ToGcj02(to);
  if (app === "amap") {
    return `https://uri.amap.com/navigation?${query({
      to: `${degrees(at.lon)},${degrees(at.lat)},${name}`,
      mode: mode === "foot" ? "walk" : "ride",
      coordinate: "gaode",
      callnative: "1",
      src: REFERRER,
    })}`;
  }
  return `https://apis.map.qq.com/uri/v1/routeplan?${query({
    type: mode === "foot" ? "walk" : "bike",
    fromcoord: "CurrentLocation",
    to: name,
    tocoord: `${degrees(at.lat)},${degrees(at.lon)}`,
    coord_type: "2", // 2 = GCJ-02
    referer: REFERRER,
  })}`;
}
