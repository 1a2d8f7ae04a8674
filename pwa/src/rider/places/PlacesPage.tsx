// 你在哪一片: districts, then streets, for when the phone gives no position or the rider wants another place.
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Region } from "../../shared/api/client.ts";
import { inWeChat } from "../../shared/device/wechat.ts";
import { Empty } from "../../shared/ui/Empty.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { allWords } from "../../shared/words/pages.ts";
import { locate, locating } from "../stations/whereabouts.ts";
import { chooseRegion, districtNamed, isLocated, type Located, regions, showRegions } from "./places.ts";

/** Why the phone gave no position; then the way to allow it is told. */
const SILENCES = ["denied", "timeout", "unavailable", "insecure"];

export function PlacesPage() {
  const w = allWords.value;
  const { query, route } = useLocation();
  const code = query.district ?? null;
  const why = query.why && SILENCES.includes(query.why) ? query.why : "none";
  const [district, name] = useState<Region | null>(null);
  useEffect(() => {
    name(null);
    void showRegions(code);
    if (code) void districtNamed(code).then(name);
  }, [code]);

  const choose = (region: Located) => {
    chooseRegion(region);
    route("/");
  };
  const again = async () => {
    const silence = await locate();
    route(silence ? `/places?why=${silence}` : "/", silence !== null);
  };
  return (
    <Screen
      title={w.places.title}
      bar="stations"
      head={
        <>
          <TopBar title={district?.name ?? w.places.title} />
          {!code && (
            <p class="lead" role={why === "none" ? undefined : "alert"}>
              {w.places.why[why]}
            </p>
          )}
        </>
      }
      dock={
        <a class="btn btn-main grow" href="/search">
          <Icon name="search" />
          {w.places.search}
        </a>
      }
    >
      <ul class="list">
        {district && isLocated(district) && (
          <li>
            <button type="button" class="fact" onClick={() => choose(district)}>
              <span class="title grow">{w.places.whole(district.name)}</span>
              <span class="mute nb">{w.places.count(district.stations)}</span>
              <Icon name="chevron-right" />
            </button>
          </li>
        )}
        {regions.value.state === "ready" &&
          regions.value.items.map((region) => (
            <RegionRow key={region.code} region={region} onChoose={code ? choose : undefined} />
          ))}
      </ul>
      {regions.value.state === "loading" && (
        <div class="waiting" role="status" aria-label={w.home.loading}>
          <div class="sk" />
          <div class="sk" />
          <div class="sk" />
        </div>
      )}
      {regions.value.state === "failed" && (
        <Empty failed icon="wifi-off" title={w.failed.regions}>
          <button type="button" class="btn" onClick={() => void showRegions(code)}>
            {w.retry}
          </button>
        </Empty>
      )}
      <div class="two">
        <a class="btn" href="/map?pick">
          <Icon name="map" />
          {w.places.onMap}
        </a>
        <button type="button" class="btn" disabled={locating.value} onClick={again}>
          <Icon name="locate" />
          {locating.value ? w.home.locating : w.places.again}
        </button>
      </div>
      {why === "denied" && <p class="mute small">{inWeChat() ? w.places.allowWeChat : w.places.allow}</p>}
    </Screen>
  );
}

/** A district leads to its streets; a street is chosen; of one without a middle nothing is known yet. */
function RegionRow({ region, onChoose }: { region: Region; onChoose: ((region: Located) => void) | undefined }) {
  const w = allWords.value;
  const inside = (
    <>
      <span class="title grow">{region.name}</span>
      <span class="mute nb">{w.places.count(region.stations)}</span>
      <Icon name="chevron-right" />
    </>
  );
  if (!onChoose) {
    return (
      <li>
        <a class="fact" href={`/places?district=${region.code}`}>
          {inside}
        </a>
      </li>
    );
  }
  if (!isLocated(region)) {
    return (
      <li class="fact mute">
        <span class="grow">{region.name}</span>
        <span class="nb">{w.places.noneYet}</span>
      </li>
    );
  }
  return (
    <li>
      <button type="button" class="fact" onClick={() => onChoose(region)}>
        {inside}
      </button>
    </li>
  );
}
