// The configured base map under the pins: none, raster tiles, 天地图, or self-hosted vector tiles (PMTiles).
import L from "leaflet";
import type { About } from "../../shared/api/client.ts";

export type Basemap = About["basemap"];

const MAX_ZOOM = 18;
const TIANDITU_ATTRIBUTION = "天地图";

function tianditu(layer: "vec" | "cva", key: string): L.TileLayer {
  const parameters =
    `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w` +
    `&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`;
  return L.tileLayer(`https://t{s}.tianditu.gov.cn/${layer}_w/wmts?${parameters}`, {
    subdomains: "01234567",
    maxZoom: MAX_ZOOM,
    className: "map-raster",
  });
}

/** The layers to put under everything else, bottom first; none when the map has no base. */
export async function basemapLayers(basemap: Basemap): Promise<L.Layer[]> {
  const { kind, url, key } = basemap;
  if (kind === "tianditu" && key) return [tianditu("vec", key), tianditu("cva", key)];
  if (kind === "tiles" && url) return [L.tileLayer(url, { maxZoom: MAX_ZOOM, className: "map-raster" })];
  if (kind === "pmtiles" && url) return [(await import("./vectorTiles.ts")).vectorTiles(url)];
  return [];
}

/** The line that a base map's owner asks for. */
export function basemapAttribution({ kind, attribution }: Basemap): string | null {
  return attribution ?? (kind === "tianditu" ? TIANDITU_ATTRIBUTION : null);
}
