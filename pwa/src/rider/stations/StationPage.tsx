// One station: everything known, each fact with its age and where it comes from.
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { shareWay } from "../../shared/device/wechat.ts";
import { arrivalMs } from "../../shared/store/nearest.ts";
import type { StationDetail } from "../../shared/store/types.ts";
import { Banner } from "../../shared/ui/Banner.tsx";
import { Empty } from "../../shared/ui/Empty.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { Status } from "../../shared/ui/Status.tsx";
import { age, distance } from "../../shared/words/format.ts";
import { allWords } from "../../shared/words/pages.ts";
import { serviceIcon } from "./filters.ts";
import { NavigateDock, WhichMap } from "./NavigateDock.tsx";
import { isFavourite, toggleFavourite, travel } from "./preferences.ts";
import { nameOf, openLine, serviceName, stillOpen } from "./reading.ts";
import { SavedBanner } from "./SavedBanner.tsx";
import { StationFactList } from "./StationFactList.tsx";
import { LOOKS } from "./StationRow.tsx";
import { distanceTo, showStation, view } from "./station.ts";

export function StationPage() {
  const w = allWords.value;
  const { id = "" } = useRoute().params;
  useEffect(() => void showStation(id), [id]);
  const shown = view.value;
  if (shown.state === "ready") return <Known {...shown} />;
  return (
    <Screen
      title={w.home.title}
      head={<TopBar title={w.home.title} />}
      dock={(shown.state === "failed" && <Again id={id} />) || (shown.state === "gone" && <ToList />)}
    >
      {shown.state === "loading" && (
        <div class="waiting" role="status" aria-label={w.home.loading}>
          <div class="sk" />
          <div class="sk" />
          <div class="sk" />
        </div>
      )}
      {shown.state === "gone" && <Empty icon="map-pin-off" title={w.station.gone} text={w.station.goneText} />}
      {shown.state === "failed" && (
        <Empty
          failed
          icon={shown.offline ? "wifi-off" : "cloud-off"}
          title={shown.offline ? w.failed.offline : w.failed.server}
          text={shown.offline ? w.failed.notSaved : w.failed.serverText}
        />
      )}
    </Screen>
  );
}

function ToList() {
  return (
    <a class="btn btn-main grow" href="/">
      {allWords.value.missing.home}
    </a>
  );
}

function Again({ id }: { id: string }) {
  return (
    <button type="button" class="btn btn-main grow" onClick={() => void showStation(id)}>
      <Icon name="refresh-cw" />
      {allWords.value.retry}
    </button>
  );
}

type KnownProps = { station: StationDetail; savedAt: number | null; offline: boolean };

function Known({ station, savedAt, offline }: KnownProps) {
  const w = allWords.value;
  const [choosing, choose] = useState(false);
  const name = nameOf(station, w);
  const now = Date.now();
  return (
    <Screen
      title={name}
      notice={savedAt !== null && <SavedBanner at={savedAt} offline={offline} />}
      head={
        <TopBar title={name}>
          <Share name={name} />
          <Star id={station.id} name={name} />
        </TopBar>
      }
      dock={<NavigateDock station={{ ...station, name }} onOther={() => choose(true)} />}
      sheet={choosing && <WhichMap station={{ ...station, name }} onClose={() => choose(false)} />}
    >
      {station.sample && <Banner icon="info" tone="info" title={w.station.sampleTitle} text={w.station.sampleText} />}
      <Headline station={station} now={now} />
      <Services station={station} now={now} />
      <StationFactList station={station} now={now} />
    </Screen>
  );
}

/** The two things a rider must know: how far, and whether it is open. */
function Headline({ station, now }: { station: StationDetail; now: number }) {
  const w = allWords.value;
  const metres = distanceTo(station);
  const far = metres === null ? null : distance(metres, w);
  const open = openLine(station, now, w);
  const onArrival = metres === null ? null : stillOpen(station.opening, now + arrivalMs(metres, travel.value));
  return (
    <div class="headline">
      {far && (
        <p class="num">
          <b>{far.number}</b>
          <span>
            {far.unit} <span class="mute small nb">{w.home.straight}</span>
          </span>
        </p>
      )}
      <p>
        <Status icon={open.icon} tone={open.tone}>
          {open.text}
        </Status>
        {station.opening.state === "open" && station.opening.staffed === false && (
          <span class="mute small"> {w.open.selfService}</span>
        )}
        {onArrival !== null && (
          <span class={onArrival ? "block small" : "block small warn"}>
            {onArrival ? w.station.openOnArrival : w.station.closedOnArrival}
          </span>
        )}
      </p>
    </div>
  );
}

function Services({ station, now }: { station: StationDetail; now: number }) {
  const w = allWords.value;
  if (station.services.length === 0) return <p class="mute">{w.station.noServices}</p>;
  return (
    <section aria-label={w.station.services}>
      <ul class="list">
        {station.services.map((service) => (
          <li class="fact" key={service.kind}>
            <Icon name={serviceIcon(service.kind)} />
            <span class="grow">
              {serviceName(service.kind, w)}
              {service.fee !== "unknown" && <span class="mute small nb"> {w.fee[service.fee]}</span>}
            </span>
            <span class="line meta">
              <Status icon={LOOKS[service.state].icon} tone={LOOKS[service.state].tone}>
                {w.state[service.state]}
              </Status>
              <span class="mute nb">{age(service.as_of ?? station.verified_at, now, w)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Star({ id, name }: { id: string; name: string }) {
  const w = allWords.value;
  const starred = isFavourite(id);
  return (
    <button
      type="button"
      class="btn btn-i"
      aria-pressed={starred}
      aria-label={w.station.favourite}
      onClick={() => toggleFavourite({ id, name })}
    >
      <Icon name="star" />
    </button>
  );
}

/** Hands the page's address on: by the phone's own sheet, by WeChat's menu, else by copying. */
function Share({ name }: { name: string }) {
  const w = allWords.value;
  const [said, say] = useState("");
  const share = async () => {
    const url = location.origin + location.pathname;
    const way = shareWay();
    if (way === "wechat-menu") return say(w.station.shareWeChat);
    try {
      if (way === "sheet") await navigator.share({ title: name, url });
      else {
        await navigator.clipboard.writeText(url);
        say(w.station.linkCopied);
      }
    } catch {
      // The rider closed the sheet, or the browser keeps the clipboard to itself: the address is in its bar.
    }
  };
  return (
    <>
      <button type="button" class="btn btn-i" aria-label={w.station.share} onClick={share}>
        <Icon name="share-2" />
      </button>
      <span class="said" role="status">
        {said}
      </span>
    </>
  );
}
