// 地图: the list's stations where they are. `?pick` turns it into a way to say where one is.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { about } from "../../shared/api/about.ts";
import type { LatLon } from "../../shared/geo/distance.ts";
import type { Near } from "../../shared/store/types.ts";
import { Banner } from "../../shared/ui/Banner.tsx";
import { Empty } from "../../shared/ui/Empty.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { distance, savedTime } from "../../shared/words/format.ts";
import { type AllWords, allWords } from "../../shared/words/pages.ts";
import { basemapAttribution } from "./basemap.ts";
import { Filters, ServiceSheet } from "./Filters.tsx";
import { services } from "./filters.ts";
import { around, chosen, isOsm, keepAround, lookAgain, MOST, shown } from "./mapView.ts";
import { view as list } from "./nearest.ts";
import { nameOf, openLine } from "./reading.ts";
import { type MapCommands, type Pin, StationMap } from "./StationMap.tsx";
import { StationRow } from "./StationRow.tsx";
import { place, setPlace, startPlace } from "./whereabouts.ts";

const NO_BASEMAP = { kind: "none", url: null, attribution: null, key: null } as const;
/** A few streets around. */
const START_ZOOM = 15;
/** At the start the map shows so many of the list's rows. */
const FIRST_ROWS = 10;

function pinOf(near: Near, now: number, w: AllWords): Pin {
  const { number, unit } = distance(near.distance_m, w);
  const words = [nameOf(near, w), `${w.home.straight} ${number} ${unit}`, openLine(near, now, w).text];
  return { id: near.id, lat: near.lat, lon: near.lon, label: words.join("，"), state: near.opening.state };
}

export function MapPage() {
  const w = allWords.value;
  const { query, route } = useLocation();
  const picking = "pick" in query;
  const [sheet, openSheet] = useState(false);
  const [failed, setFailed] = useState(false);
  const here = place.value;

  useEffect(keepAround, []);
  useEffect(() => {
    if (!here) void startPlace().then(() => setFailed(!place.peek()));
  }, [here === null]);

  const now = around.value;
  const saved = now && "items" in now ? now.savedAt : null;
  const use = () => {
    const middle = shown.value;
    if (!middle) return;
    setPlace({ lat: middle.lat, lon: middle.lon, label: null, at: Date.now(), how: "map" });
    route("/");
  };
  return (
    <div class="map-page">
      <Screen
        title={w.map.title}
        {...(!picking && { bar: "map" as const })}
        notice={
          saved !== null && (
            <Banner icon="wifi-off" title={w.failed.offline} text={w.failed.saved(savedTime(saved, Date.now(), w))} />
          )
        }
        head={picking ? <TopBar title={w.map.pick} /> : <MapHead onMore={() => openSheet(true)} />}
        dock={
          picking && (
            <button type="button" class="btn btn-main grow" disabled={!shown.value} onClick={use}>
              {w.map.use}
            </button>
          )
        }
        sheet={sheet && <ServiceSheet onClose={() => openSheet(false)} />}
      >
        {here ? <Around here={here} picking={picking} /> : <Waiting failed={failed} />}
      </Screen>
    </div>
  );
}

function MapHead({ onMore }: { onMore: () => void }) {
  return (
    <header>
      <h1 class="sr">{allWords.value.map.title}</h1>
      <Filters onMore={onMore} />
    </header>
  );
}

function Waiting({ failed }: { failed: boolean }) {
  const w = allWords.value;
  if (!failed) return <p class="map-line">{w.map.loading}</p>;
  return <Empty icon="wifi-off" title={w.failed.offline} text={w.failed.offlineText} failed />;
}

function Around({ here, picking }: { here: LatLon; picking: boolean }) {
  const w = allWords.value;
  const commands = useRef<MapCommands | null>(null);
  const [panel, setPanel] = useState<readonly string[] | "all" | null>(null);
  const now = around.value;
  const items = now && "items" in now ? now.items : [];
  const pins = useMemo(() => items.map((near) => pinOf(near, Date.now(), w)), [items, w]);

  const ready = (given: MapCommands) => {
    commands.current = given;
    const rows = list.peek();
    if (picking || rows.state !== "ready") return;
    const { items: first, beyond } = rows.answer;
    const points = [...first.slice(0, FIRST_ROWS), ...(first.length === 0 && beyond ? [beyond] : [])];
    if (points.length > 0) given.fit([here, ...points]);
  };
  const choose = (id: string | null) => {
    const pin = pins.find((one) => one.id === id);
    // While picking, a station is a landmark: "I am at that one".
    if (picking) return pin && commands.current?.go(pin);
    chosen.value = id;
    setPanel(null);
  };
  return (
    <>
      <div class="map-frame">
        <StationMap
          start={{ lat: here.lat, lon: here.lon, zoom: START_ZOOM }}
          pins={pins}
          selected={chosen.value}
          here={here}
          basemap={about.value?.basemap ?? NO_BASEMAP}
          label={w.map.label}
          heapLabel={w.map.heap}
          ringLabel={ringLabel}
          onSelect={choose}
          onHeap={(ids) => {
            chosen.value = null;
            setPanel(ids);
          }}
          onView={(seen) => {
            shown.value = seen;
          }}
          onReady={ready}
        />
        <Tools commands={() => commands.current} here={here} />
        {picking && (
          <span class="map-cross">
            <Icon name="crosshair" />
          </span>
        )}
        <Credit items={items} />
      </div>
      {!picking && <Panel items={items} panel={panel} onPanel={setPanel} />}
    </>
  );
}

function ringLabel(metres: number): string {
  const { number, unit } = distance(metres, allWords.peek());
  return `${number.replace(/\.0$/, "")} ${unit}`;
}

function Tools({ commands, here }: { commands: () => MapCommands | null; here: LatLon }) {
  const w = allWords.value;
  return (
    <div class="map-tools">
      <button type="button" class="btn btn-i" aria-label={w.map.zoomIn} onClick={() => commands()?.zoom(1)}>
        <Icon name="plus" />
      </button>
      <button type="button" class="btn btn-i" aria-label={w.map.zoomOut} onClick={() => commands()?.zoom(-1)}>
        <Icon name="minus" />
      </button>
      <button type="button" class="btn btn-i" aria-label={w.map.back} onClick={() => commands()?.go(here, START_ZOOM)}>
        <Icon name="locate" />
      </button>
    </div>
  );
}

/** The lines that the owners of the data ask for. */
function Credit({ items }: { items: Near[] }) {
  const w = allWords.value;
  const base = about.value ? basemapAttribution(about.value.basemap) : null;
  const lines = [items.some(isOsm) ? w.map.osm : null, base].filter(
    (line, at, all) => line && all.indexOf(line) === at,
  );
  return lines.length > 0 ? <p class="map-credit">{lines.join(" · ")}</p> : null;
}

/** Under the map: the chosen station, the rows of a heap or of the whole part, or how many there are. */
function Panel(props: {
  items: Near[];
  panel: readonly string[] | "all" | null;
  onPanel: (panel: "all" | null) => void;
}) {
  const w = allWords.value;
  const { items, panel, onPanel } = props;
  const now = around.value;
  const saved = now !== null && "items" in now && now.savedAt !== null;
  if (now && "failed" in now) {
    return (
      <div class="map-line" role="alert">
        <p>{w.failed.offline}</p>
        <button type="button" class="btn" onClick={lookAgain}>
          {w.retry}
        </button>
      </div>
    );
  }
  const one = items.find(({ id }) => id === chosen.value);
  const rows = one ? [one] : panel === "all" ? items : panel ? items.filter(({ id }) => panel.includes(id)) : [];
  const said = panel && panel !== "all" ? w.map.heap(rows.length) : countLine(now ? items.length : null, w);
  return (
    <section class="map-panel" aria-label={w.home.results}>
      <div class="map-line">
        <p role="status">{said}</p>
        {one || panel ? (
          <button
            type="button"
            class="btn"
            onClick={() => {
              chosen.value = null;
              onPanel(null);
            }}
          >
            <Icon name="x" />
            {w.map.fold}
          </button>
        ) : (
          items.length > 0 && (
            <button type="button" class="btn" onClick={() => onPanel("all")}>
              <Icon name="list" />
              {w.map.list}
            </button>
          )
        )}
      </div>
      {rows.length > 0 && (
        <ul class="list">
          {rows.map((near) => (
            <StationRow key={near.id} near={near} asked={services.value} saved={saved} />
          ))}
        </ul>
      )}
    </section>
  );
}

function countLine(count: number | null, w: AllWords): string {
  if (count === null) return w.map.loading;
  if (count === 0) return w.map.none;
  return count >= MOST ? w.map.many(count) : w.map.count(count);
}
