// The map itself: districts' outlines, a configured base map, clustered pins. Lazy; the only page that draws Leaflet.
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import "./map.css";
import { useEffect, useRef } from "preact/hooks";
import type { LatLon } from "../../shared/geo/distance.ts";
import { type Basemap, basemapLayers } from "./basemap.ts";
import { cluster } from "./cluster.ts";

/** A 48 px pin and 12 px of air. */
const APART_PX = 60;
const MAX_ZOOM = 18;
const MIN_ZOOM = 4;
/** Labels of districts cover the pins when nearer than this. */
const DISTRICT_LABEL_ZOOM = 12;
const RINGS_M = [500, 1000, 3000];
/** Room for the buttons at the right and the pins at the edge. */
const CLEAR_OF_TOOLS = { paddingTopLeft: [40, 40], paddingBottomRight: [76, 56] } satisfies L.FitBoundsOptions;
/** Filled outlines lie under a base map's tiles. */
const DISTRICTS_PANE = "districts";

export type Pin = LatLon & { id: string; label: string; state: "open" | "closed" | "unknown" };
export type MapView = LatLon & { zoom: number; radius_m: number };

type Props = {
  start: LatLon & { zoom: number };
  pins: Pin[];
  selected: string | null;
  /** Where distances are counted from, if known. */
  here: LatLon | null;
  basemap: Basemap;
  label: string;
  /** "12 处驿站" for a heap of pins. */
  heapLabel: (count: number) => string;
  ringLabel: (metres: number) => string;
  onSelect: (id: string | null) => void;
  /** A heap that no zoom can part. */
  onHeap: (ids: string[]) => void;
  /** The map shows another part; not called when only its frame grew or shrank. */
  onView: (view: MapView) => void;
  /** Hands out the map's commands once it stands. */
  onReady: (commands: MapCommands) => void;
};

export type MapCommands = {
  zoom: (by: 1 | -1) => void;
  go: (to: LatLon, zoom?: number) => void;
  fit: (points: LatLon[]) => void;
};

function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function pinIcon(kind: string, text: string): L.DivIcon {
  const face = document.createElement("span");
  face.textContent = text;
  return L.divIcon({ className: `pin ${kind}`, html: face, iconSize: [48, 48] });
}

/** Outlines of the districts, drawn in the theme's colours by map.css. */
async function outlines(): Promise<L.Layer[]> {
  const response = await fetch("/outlines.json");
  if (!response.ok) return [];
  const shapes = L.geoJSON(await response.json(), {
    interactive: false,
    pane: DISTRICTS_PANE,
    style: { className: "map-district", weight: 2 },
  });
  const names = shapes.getLayers().map((layer) => {
    const shape = layer as L.Polygon & { feature: { properties: { name: string } } };
    return L.marker(shape.getBounds().getCenter(), {
      icon: L.divIcon({ className: "map-name", html: shape.feature.properties.name, iconSize: [96, 24] }),
      interactive: false,
      keyboard: false,
    });
  });
  return [shapes, ...names];
}

function viewOf(map: L.Map): MapView {
  const { lat, lng } = map.getCenter();
  return { lat, lon: lng, zoom: map.getZoom(), radius_m: map.getCenter().distanceTo(map.getBounds().getNorthEast()) };
}

function rings({ lat, lon }: LatLon, ringLabel: (metres: number) => string): L.Layer[] {
  const layers: L.Layer[] = [
    L.marker([lat, lon], {
      icon: L.divIcon({ className: "map-here", iconSize: [20, 20] }),
      interactive: false,
      keyboard: false,
      zIndexOffset: -900, // under the pins, whose numbers it would hide
    }),
  ];
  for (const metres of RINGS_M) {
    const ring = L.circle([lat, lon], { radius: metres, interactive: false, className: "map-ring", weight: 1 });
    const top: [number, number] = [lat + (metres / 6_371_008.8) * (180 / Math.PI), lon];
    const text = document.createElement("span");
    text.textContent = ringLabel(metres);
    const icon = L.divIcon({ className: "map-ring-label", html: text, iconSize: [96, 20] });
    layers.push(ring, L.marker(top, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }));
  }
  return layers;
}

/** Draws the pins for the zoom in force; markers that stay are kept, so that the keyboard's focus stays too. */
function drawPins(map: L.Map, layer: L.LayerGroup, drawn: Map<string, L.Marker>, props: Props): void {
  const byId = new Map(props.pins.map((pin) => [pin.id, pin]));
  const dots = props.pins.map(({ id, lat, lon }) => ({ id, ...pixel(map, lat, lon) }));
  const wanted = new Set<string>();
  for (const { id, members } of cluster(dots, APART_PX, props.selected)) {
    const pin = byId.get(id);
    if (!pin) continue;
    const heap = members.length > 1;
    const key = heap ? `${id}/${members.join()}` : `${id}/${pin.state}/${pin.label}`;
    wanted.add(key);
    const marker = drawn.get(key) ?? makeMarker(map, pin, members, byId, props);
    if (!drawn.has(key)) drawn.set(key, marker.addTo(layer));
    const face = marker.getElement();
    face?.setAttribute("aria-label", heap ? props.heapLabel(members.length) : pin.label);
    if (heap) continue;
    const isChosen = id === props.selected;
    face?.classList.toggle("is-chosen", isChosen);
    face?.setAttribute("aria-pressed", String(isChosen));
    marker.setZIndexOffset(isChosen ? 1000 : 0);
  }
  for (const [key, marker] of drawn) {
    if (wanted.has(key)) continue;
    marker.remove();
    drawn.delete(key);
  }
}

function makeMarker(map: L.Map, pin: Pin, members: string[], byId: Map<string, Pin>, props: Props): L.Marker {
  const heap = members.length > 1;
  const icon = heap ? pinIcon("pin-heap", String(members.length)) : pinIcon(`pin-${pin.state}`, "");
  const tapped = () => {
    if (!heap) return props.onSelect(pin.id);
    const places = members.map((member) => byId.get(member) ?? pin);
    const bounds = L.latLngBounds(places.map(({ lat, lon }) => [lat, lon]));
    const parts = map.getZoom() < MAX_ZOOM && map.getBoundsZoom(bounds, false, L.point(96, 96)) > map.getZoom();
    if (parts) map.fitBounds(bounds, { padding: [48, 48], maxZoom: MAX_ZOOM, animate: !calm() });
    else props.onHeap(members);
  };
  return L.marker([pin.lat, pin.lon], { icon, alt: "" })
    .on("click", tapped)
    .on("keypress", (event) => {
      const { key } = (event as unknown as L.LeafletKeyboardEvent).originalEvent;
      if (key === "Enter" || key === " ") tapped();
    });
}

function pixel(map: L.Map, lat: number, lon: number): { x: number; y: number } {
  const { x, y } = map.project([lat, lon], map.getZoom());
  return { x, y };
}

export function StationMap(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const redraw = useRef(() => {});
  const drawnMap = useRef<L.Map | null>(null);
  const overlay = useRef<L.LayerGroup | null>(null);

  useEffect(() => {
    if (!box.current) return;
    const { start, label, onReady } = latest.current;
    const animate = !calm();
    const map = L.map(box.current, {
      center: [start.lat, start.lon],
      zoom: start.zoom,
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      zoomControl: false,
      attributionControl: false,
      zoomAnimation: animate,
      fadeAnimation: animate,
      markerZoomAnimation: animate,
      inertia: animate,
      worldCopyJump: true,
    });
    drawnMap.current = map;
    box.current.setAttribute("role", "region");
    box.current.setAttribute("aria-label", label);
    map.createPane(DISTRICTS_PANE).style.zIndex = "150";
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);

    const pins = L.layerGroup().addTo(map);
    overlay.current = L.layerGroup().addTo(map);
    const drawn = new Map<string, L.Marker>();
    redraw.current = () => drawPins(map, pins, drawn, latest.current);

    let framing = false;
    const settle = () => {
      box.current?.classList.toggle("is-near", map.getZoom() >= DISTRICT_LABEL_ZOOM);
      redraw.current();
      if (!framing) latest.current.onView(viewOf(map));
    };
    map.on("moveend", settle);
    map.on("click", () => latest.current.onSelect(null));

    let gone = false;
    const under = (layers: L.Layer[]) => {
      if (!gone) for (const layer of layers) layer.addTo(map);
    };
    outlines().then(under, () => undefined);
    settle();
    onReady({
      zoom: (by) => (by > 0 ? map.zoomIn() : map.zoomOut()),
      go: ({ lat, lon }, zoom) => map.setView([lat, lon], zoom ?? map.getZoom(), { animate }),
      fit: (points) => {
        const bounds = L.latLngBounds(points.map(({ lat, lon }) => [lat, lon]));
        map.fitBounds(bounds, { ...CLEAR_OF_TOOLS, maxZoom: 16, animate: false });
      },
    });
    const resized = new ResizeObserver(() => {
      framing = true;
      map.invalidateSize({ animate: false, debounceMoveend: false });
      // The card that opened below must not cover the pin it belongs to.
      const { pins: known, selected } = latest.current;
      const pin = known.find(({ id }) => id === selected);
      if (pin) map.panInside([pin.lat, pin.lon], { padding: [APART_PX, APART_PX], animate: false });
      framing = false;
    });
    resized.observe(box.current);
    return () => {
      gone = true;
      drawnMap.current = null;
      resized.disconnect();
      map.remove();
    };
  }, []);

  useEffect(() => redraw.current(), [props.pins, props.selected]);

  const { basemap, here, ringLabel } = props;
  useEffect(() => {
    const group = L.layerGroup();
    if (drawnMap.current) group.addTo(drawnMap.current);
    basemapLayers(basemap).then(
      (layers) => {
        for (const layer of layers) group.addLayer(layer);
      },
      () => undefined,
    );
    return () => {
      group.remove();
    };
  }, [basemap.kind, basemap.url, basemap.key]);

  useEffect(() => {
    overlay.current?.clearLayers();
    if (here) for (const layer of rings(here, ringLabel)) overlay.current?.addLayer(layer);
  }, [here?.lat, here?.lon, ringLabel]);

  return <div class="map" ref={box} />;
}
