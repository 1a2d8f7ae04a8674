// 驿站: what lies nearest and can be used. What the rider sees; no fetch, no storage.
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { lazy, useLocation } from "preact-iso";
import { about } from "../../shared/api/about.ts";
import { mapLink } from "../../shared/device/maplinks.ts";
import { leavingLink } from "../../shared/device/wechat.ts";
import type { Near } from "../../shared/store/types.ts";
import { Footer } from "../../shared/ui/Footer.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Screen } from "../../shared/ui/Screen.tsx";
import { distance } from "../../shared/words/format.ts";
import { words } from "../../shared/words/index.ts";
import { Filters, ServiceSheet } from "./Filters.tsx";
import { services } from "./filters.ts";
import { Failed, Nothing } from "./Nothing.tsx";
import { keepNearest, limit, lookFarther, more, NEAR_M, refresh, view } from "./nearest.ts";
import { PlaceHead, WhySheet } from "./PlaceHead.tsx";
import { mapApp, travel } from "./preferences.ts";
import { bestOf, isFar, nameOf } from "./reading.ts";
import { SavedBanner } from "./SavedBanner.tsx";
import { Skeleton, StationRow } from "./StationRow.tsx";
import { Unusable } from "./Unusable.tsx";
import { knowsWhy, locate, locating, place } from "./whereabouts.ts";

const FirstSteps = lazy(() => import("../start/FirstSteps.tsx").then((page) => page.FirstSteps));

/** Where the list was scrolled to: coming back from a station finds it there. */
let scrolledTo = 0;

export function NearestPage() {
  const w = words.value;
  const { route } = useLocation();
  const [sheet, open] = useState<"services" | "why" | null>(null);
  useEffect(keepNearest, []);
  useLayoutEffect(() => {
    window.scrollTo(0, scrolledTo);
    return () => {
      scrolledTo = window.scrollY;
    };
  }, []);

  const shown = view.value;
  if (about.value?.empty && shown.state === "ready" && shown.answer.items.length === 0) return <FirstSteps />;

  const onLocate = async () => {
    if (!knowsWhy()) return open("why");
    const silence = await locate();
    if (silence) route(`/places?why=${silence}`);
  };
  return (
    <Screen
      title={w.app}
      bar="stations"
      notice={
        shown.state === "ready" && shown.savedAt !== null && <SavedBanner at={shown.savedAt} offline={shown.offline} />
      }
      head={
        <>
          <PlaceHead onLocate={onLocate} />
          <Filters onMore={() => open("services")} />
        </>
      }
      dock={<Dock />}
      sheet={
        (sheet === "services" && <ServiceSheet onClose={() => open(null)} />) ||
        (sheet === "why" && <WhySheet onClose={() => open(null)} />)
      }
    >
      {place.value?.how === "centre" && (
        <button type="button" class="btn mine" disabled={locating.value} onClick={onLocate}>
          <Icon name="locate" />
          {w.home.useMine}
        </button>
      )}
      <List />
      <Footer />
    </Screen>
  );
}

function List() {
  const w = words.value;
  const shown = view.value;
  if (shown.state === "loading") {
    return (
      <>
        <p class="sr" role="status">
          {w.home.loading}
        </p>
        <Skeleton />
      </>
    );
  }
  if (shown.state === "failed") return <Failed offline={shown.offline} />;
  const { items, beyond } = shown.answer;
  if (items.length === 0) return <Nothing beyond={beyond} saved={shown.savedAt !== null} />;
  return (
    <section class="results" aria-label={w.home.results}>
      <ul class="list">
        {items.map((near) => (
          <StationRow key={near.id} near={near} asked={services.value} saved={shown.savedAt !== null} />
        ))}
      </ul>
      <Unusable />
      <After count={items.length} />
    </section>
  );
}

/** After the last row: more of them, farther ones, or the same asked again. */
function After({ count }: { count: number }) {
  const w = words.value;
  const full = count >= limit.value;
  return (
    <div class="after">
      {!full && <p class="mute small">{w.home.allHere(NEAR_M / 1000)}</p>}
      <button type="button" class="btn" onClick={full ? more : lookFarther}>
        {full ? w.home.moreRows : w.home.farther}
      </button>
      <button type="button" class="btn" onClick={refresh}>
        <Icon name="refresh-cw" />
        {w.home.refresh}
      </button>
    </div>
  );
}

/** The one amber button: to the first place that is certainly usable, else the first that may be. */
function Dock() {
  const w = words.value;
  const shown = view.value;
  if (shown.state === "loading") return null;
  if (shown.state === "failed") {
    return (
      <button type="button" class="btn btn-main grow" onClick={refresh}>
        <Icon name="refresh-cw" />
        {w.retry}
      </button>
    );
  }
  const best = bestOf(shown.answer.items, services.value);
  // Until the rider says where he is, distances count from the city's centre, and the button must not say "you".
  const [sure, possible] =
    place.value?.how === "centre" ? [w.home.goCentre, w.home.goCentrePossible] : [w.home.goNearest, w.home.goPossible];
  if (best) return <Go near={best.near} text={best.sure ? sure : possible} />;
  const { beyond } = shown.answer;
  return beyond && !isFar(beyond) && <Go near={beyond} text={w.home.goThis} />;
}

function Go({ near, text }: { near: Near; text: string }) {
  const w = words.value;
  const { number, unit } = distance(near.distance_m, w);
  return (
    <a
      class="btn btn-main grow"
      href={mapLink(mapApp.value, { ...near, name: nameOf(near, w) }, travel.value)}
      {...leavingLink()}
    >
      <Icon name="navigation" />
      <span>
        {text} <span class="nb">{`${number} ${unit}`}</span>
      </span>
    </a>
  );
}
