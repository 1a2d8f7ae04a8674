// When there is nothing to list: nothing fits the question, or there was no answer.
import { about } from "../../shared/api/about.ts";
import type { Near } from "../../shared/store/types.ts";
import { Empty } from "../../shared/ui/Empty.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { words } from "../../shared/words/index.ts";
import { askWhen, services, toggleService, when } from "./filters.ts";
import { NEAR_M } from "./nearest.ts";
import { isFar, serviceName } from "./reading.ts";
import { StationRow } from "./StationRow.tsx";
import { Unusable } from "./Unusable.tsx";

/** Nothing near: names the nearest beyond and offers to ask for one thing less. */
export function Nothing({ beyond, saved }: { beyond: Near | null; saved: boolean }) {
  const w = words.value;
  const asked = services.value;
  const names = w.all(asked.map((kind) => serviceName(kind, w)));
  const time = { now: w.home.openNow, arrival: w.home.openOnArrival, night: w.home.allNight }[when.value];
  const filters = w.nothing.filters(names, time);
  return (
    <>
      <Empty
        icon="map-pin-off"
        title={beyond ? w.nothing.within(NEAR_M / 1000) : w.nothing.anywhere}
        text={beyond ? (isFar(beyond) ? w.nothing.far : w.nothing.beyond(filters)) : w.nothing.none(filters)}
      />
      {beyond && (
        <ul class="list">
          <StationRow near={beyond} asked={asked} saved={saved} />
        </ul>
      )}
      {asked.map((kind) => (
        <button key={kind} type="button" class="btn" onClick={() => toggleService(kind)}>
          <Icon name="x" />
          {w.nothing.drop(serviceName(kind, w))}
        </button>
      ))}
      {when.value !== "now" && (
        <button type="button" class="btn" onClick={() => askWhen("now")}>
          <Icon name="x" />
          {when.value === "night" ? w.nothing.dropNight : w.nothing.dropArrival}
        </button>
      )}
      <Unusable />
    </>
  );
}

export function Failed({ offline }: { offline: boolean }) {
  const w = words.value;
  const hotline = about.value?.hotline;
  return (
    <Empty
      failed
      icon={offline ? "wifi-off" : "cloud-off"}
      title={offline ? w.failed.offline : w.failed.server}
      text={offline ? w.failed.offlineText : w.failed.serverText}
    >
      {hotline && (
        <a class="fact" href={`tel:${hotline}`}>
          <Icon name="phone" />
          <span class="grow">{w.hotline(hotline)}</span>
          <Icon name="chevron-right" />
        </a>
      )}
    </Empty>
  );
}
