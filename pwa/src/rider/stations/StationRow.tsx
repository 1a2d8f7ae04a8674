// One station in a list: name, open or not, what was asked for and whether it works, age; the tile navigates.

import { mapLink } from "../../shared/device/maplinks.ts";
import { leavingLink } from "../../shared/device/wechat.ts";
import type { Near } from "../../shared/store/types.ts";
import { Icon } from "../../shared/ui/Icon.tsx";
import type { IconName } from "../../shared/ui/icons.ts";
import { Status, type Tone } from "../../shared/ui/Status.tsx";
import { distance } from "../../shared/words/format.ts";
import { words } from "../../shared/words/index.ts";
import { isFavourite, mapApp, travel } from "./preferences.ts";
import { factsAge, groups, nameOf, openLine, type ServiceState, serviceName } from "./reading.ts";

export const LOOKS: Record<ServiceState, { icon: IconName; tone: Tone }> = {
  working: { icon: "working", tone: "good" },
  unknown: { icon: "unknown", tone: "plain" },
  broken: { icon: "broken", tone: "bad" },
};

/** @param saved facts from the phone's store: as they were, in grey */
export function StationRow({ near, asked, saved }: { near: Near; asked: readonly string[]; saved: boolean }) {
  const w = words.value;
  const now = Date.now();
  const name = nameOf(near, w);
  const open = openLine(near, now, w);
  return (
    <li class="row">
      <a class="row-main" href={`/stations/${near.id}`}>
        <div class="row-head">
          <h2 class="title">
            {name}
            {isFavourite(near.id) && (
              <>
                {" "}
                <Icon name="star" class="star" />
                <span class="sr">{w.home.favourite}</span>
              </>
            )}
          </h2>{" "}
          {near.sample && <span class="tag">{w.home.sample}</span>}
        </div>
        <p class="line line-open">
          <Status icon={open.icon} tone={open.tone}>
            {open.text}
          </Status>
          {near.opening.state === "open" && near.opening.staffed === false && <span>{w.open.selfService}</span>}
          <span class="mute nb">{factsAge(near, asked, now, saved, w)}</span>
        </p>
        <p class="line line-services">
          {groups(near.services, asked).map(({ state, kinds }) => {
            const look = saved && state === "working" ? ({ icon: "history", tone: "plain" } as const) : LOOKS[state];
            return (
              <Status key={state} icon={look.icon} tone={look.tone}>
                {w.stateOf[state](w.listed(kinds.map((kind) => serviceName(kind, w))))}
              </Status>
            );
          })}
        </p>
      </a>
      <DistanceTile near={near} name={name} />
    </li>
  );
}

function DistanceTile({ near, name }: { near: Near; name: string }) {
  const w = words.value;
  const { number, unit } = distance(near.distance_m, w);
  return (
    <a class="tile" href={mapLink(mapApp.value, { ...near, name }, travel.value)} {...leavingLink()}>
      <span class="sr">{`${name} ${w.home.straight}`}</span>
      <span>
        <b>{number}</b>
        {unit}
      </span>
      <small>
        <Icon name="navigation" />
        {w.home.navigate}
      </small>
    </a>
  );
}

/** The rows' own shape while they are on their way; still. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  return (
    <ul class="list" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <li class="row" key={row}>
          <div class="row-main">
            <div class="sk" />
            <div class="sk" />
            <div class="sk" />
          </div>
          <div class="sk tile" />
        </li>
      ))}
    </ul>
  );
}
