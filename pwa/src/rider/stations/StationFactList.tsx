// How to use a station: who, when, where, whom to call, who says so. What nobody has said is said to be unknown.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { StationDetail } from "../../shared/store/types.ts";
import { Icon } from "../../shared/ui/Icon.tsx";
import type { IconName } from "../../shared/ui/icons.ts";
import { age, local } from "../../shared/words/format.ts";
import { allWords } from "../../shared/words/pages.ts";
import { dayText, hoursText, weekOf } from "./week.ts";

/** Data of OpenStreetMap is under this licence, whose line must be shown where it shows. */
const OSM_LICENCE = /odbl|openstreetmap/i;

export function StationFactList({ station, now }: { station: StationDetail; now: number }) {
  const w = allWords.value;
  const { walk_in, access, access_note, wheelchair, how_to_find, phone, operator, aliases, source } = station;
  const isOsm = OSM_LICENCE.test(`${source.name} ${source.licence ?? ""}`);
  return (
    <section aria-label={w.station.facts}>
      <ul class="list">
        <Hours station={station} now={now} />
        <Fact icon="door-open" unknown={walk_in === "unknown"}>
          {w.station.walkIn[walk_in]}
        </Fact>
        <Fact icon="users" unknown={access === "unknown"}>
          {access_note ?? w.station.access[access]}
        </Fact>
        <Address address={station.address} />
        <Fact icon="signpost" unknown={!how_to_find}>
          {how_to_find ?? w.station.findUnknown}
        </Fact>
        <li>
          {phone ? (
            <a class="fact" href={`tel:${phone.replace(/[^\d+]/g, "")}`}>
              <Icon name="phone" />
              <span class="grow">{w.station.call(phone)}</span>
              <Icon name="chevron-right" />
            </a>
          ) : (
            <div class="fact mute">
              <Icon name="phone" />
              <span>{w.station.phoneUnknown}</span>
            </div>
          )}
        </li>
        <Fact icon="accessibility" unknown={wheelchair === "unknown"}>
          {w.station.wheelchair[wheelchair]}
        </Fact>
        {operator && <Fact icon="building-2">{w.station.operator(operator)}</Fact>}
        {aliases.length > 0 && <Fact icon="info">{w.station.alias(w.listed(aliases))}</Fact>}
        <Fact icon="shield-check" unknown={!station.verified_at}>
          {station.verified_at ? w.station.verified(age(station.verified_at, now, w)) : w.station.neverVerified}
        </Fact>
        <Fact icon="database">
          {w.station.source(source.name)}
          {source.licence && <small>{w.station.licence(source.licence)}</small>}
          {isOsm && (
            <small>
              <a class="inline" href="https://www.openstreetmap.org/copyright" target="_blank" rel="noreferrer">
                {w.station.osm}
              </a>
            </small>
          )}
        </Fact>
      </ul>
    </section>
  );
}

type FactProps = { icon: IconName; unknown?: boolean; children: ComponentChildren };

function Fact({ icon, unknown = false, children }: FactProps) {
  return (
    <li class={unknown ? "fact mute" : "fact"}>
      <Icon name={icon} />
      <span class="grow">{children}</span>
    </li>
  );
}

/** Today's hours; the week on a tap. */
function Hours({ station, now }: { station: StationDetail; now: number }) {
  const w = allWords.value;
  const [open, toggle] = useState(false);
  const { text, calendar_missing } = station.opening;
  const week = weekOf(station.open_intervals, station.unknown_intervals, now);
  const known = week.some((day) => day.open.length > 0) || (text !== null && week.some((day) => !day.unknown));
  const [today] = week;
  if (!known || !today) {
    return (
      <Fact icon="clock" unknown>
        {w.station.hoursUnknown}
        {text && <small>{w.station.hoursAsWritten(text)}</small>}
      </Fact>
    );
  }
  return (
    <li>
      <button type="button" class="fact" aria-expanded={open} onClick={() => toggle(!open)}>
        <Icon name="clock" />
        <span class="grow">
          {text ? hoursText(text, w) : `${w.station.today} ${dayText(today, now, w)}`}
          {station.unattended_hours && <small>{w.station.unattended(hoursText(station.unattended_hours, w))}</small>}
          {calendar_missing && <small>{w.station.calendarMissing}</small>}
        </span>
        <span class="sr">{w.station.week}</span>
        <Icon name={open ? "chevron-up" : "chevron-down"} />
      </button>
      {open && (
        <dl class="week">
          {week.map((day, index) => (
            <div key={day.start} data-today={index === 0 ? "" : undefined}>
              <dt>{index === 0 ? w.station.today : w.when.day(local(day.start).weekday)}</dt>
              <dd>{dayText(day, now, w)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** The address, copied on a tap. */
function Address({ address }: { address: string | null }) {
  const w = allWords.value;
  const [copied, done] = useState(false);
  if (!address) {
    return (
      <Fact icon="map-pin" unknown>
        {w.station.addressUnknown}
      </Fact>
    );
  }
  const copy = () =>
    navigator.clipboard?.writeText(address).then(
      () => done(true),
      () => undefined,
    );
  return (
    <li class="fact">
      <Icon name="map-pin" />
      <span class="grow">{address}</span>
      <button type="button" class="btn" aria-label={w.station.copyAddress} onClick={copy}>
        <span role="status">{copied ? w.copied : w.copy}</span>
      </button>
    </li>
  );
}
