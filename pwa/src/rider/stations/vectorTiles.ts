// Self-hosted vector tiles (PMTiles) drawn in our own colours. Loaded only where such a base map is configured.
import L from "leaflet";
import {
  CenteredTextSymbolizer,
  type Feature,
  type LabelRule,
  LineLabelSymbolizer,
  LineSymbolizer,
  leafletLayer,
  type PaintRule,
  PolygonSymbolizer,
} from "protomaps-leaflet";

// The library expects Leaflet as a global.
Object.assign(window, { L });

const MAJOR_ROADS = new Set(["highway", "major_road", "motorway", "trunk", "primary", "secondary"]);
const PATHS = new Set(["path", "footway", "steps", "cycleway", "pedestrian", "track"]);

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function kindIn(kinds: Set<string>) {
  return (_zoom: number, feature?: Feature) => kinds.has(String(feature?.props["kind"] ?? ""));
}

function paint(): PaintRule[] {
  const road = token("map-road");
  const fill = (dataLayer: string, colour: string, minzoom = 0): PaintRule => ({
    dataLayer,
    minzoom,
    symbolizer: new PolygonSymbolizer({ fill: token(colour) }),
  });
  const line = (kinds: Set<string> | null, width: (zoom: number) => number, minzoom = 0): PaintRule => ({
    dataLayer: "roads",
    minzoom,
    ...(kinds ? { filter: kindIn(kinds) } : {}),
    symbolizer: new LineSymbolizer({ color: road, width: (zoom) => width(zoom) }),
  });
  return [
    fill("earth", "map-in"),
    fill("landuse", "map-in"),
    fill("water", "map-water"),
    fill("buildings", "map-block", 14),
    line(PATHS, () => 1, 15),
    line(null, (zoom) => Math.max(1, (zoom - 12) * 1.5)),
    line(MAJOR_ROADS, (zoom) => Math.max(1.5, (zoom - 10) * 1.5)),
    {
      dataLayer: "districts",
      symbolizer: new LineSymbolizer({ color: token("map-line"), width: 1.5 }),
    },
  ];
}

function labels(): LabelRule[] {
  const text = {
    fill: token("ink-2"),
    stroke: token("map-in"),
    width: 3,
    labelProps: ["name:zh", "name:zh-Hans", "name"],
  };
  const font = `500 15px ${token("sans")}`;
  return [
    { dataLayer: "places", symbolizer: new CenteredTextSymbolizer({ ...text, font: `700 16px ${token("sans")}` }) },
    { dataLayer: "roads", minzoom: 15, symbolizer: new LineLabelSymbolizer({ ...text, font }) },
    { dataLayer: "buildings", minzoom: 16, symbolizer: new CenteredTextSymbolizer({ ...text, font }) },
  ];
}

/** A Leaflet layer of the archive at `url`, in the colours of the theme in force. */
export function vectorTiles(url: string): L.Layer {
  return leafletLayer({ url, paintRules: paint(), labelRules: labels(), noWrap: true }) as unknown as L.Layer;
}
