// Head of the list: from where is counted, how old that is, find me, search; and why the position is asked for.
import { useLocation } from "preact-iso";
import type { Place } from "../../shared/device/place.ts";
import { Icon, Mark } from "../../shared/ui/Icon.tsx";
import { Sheet } from "../../shared/ui/Sheet.tsx";
import { ageOf } from "../../shared/words/format.ts";
import { type Words, words } from "../../shared/words/index.ts";
import { type When, when } from "./filters.ts";
import { travel } from "./preferences.ts";
import { locate, locating, place } from "./whereabouts.ts";

/** From where and how distances are counted, in one line. */
export function placeLine(here: Place, asked: When, mode: "foot" | "ebike", now: number, w: Words): string {
  const age = ageOf(here.at, now, w);
  if (here.how === "centre") return w.home.byCentre;
  if (here.how === "last") return w.home.byLast(age);
  if (here.how !== "gps") return w.home.byChoice;
  if (asked !== "arrival") return w.home.byGps(age);
  return mode === "foot" ? w.home.byWalking(age) : w.home.byRiding(age);
}

function placeName({ label, how }: Place, w: Words): string {
  if (!label) return w.home.nearYou;
  return how === "centre" ? w.home.centreOf(label) : w.home.near(label);
}

export function PlaceHead({ onLocate }: { onLocate: () => void }) {
  const w = words.value;
  const here = place.value;
  return (
    <header class="place">
      <Mark />
      <div class="grow">
        <h1>{here ? placeName(here, w) : w.home.title}</h1>
        <p aria-live="polite">
          {locating.value
            ? w.home.locating
            : here
              ? placeLine(here, when.value, travel.value, Date.now(), w)
              : w.home.loading}
        </p>
      </div>
      <button
        type="button"
        class="btn btn-i"
        aria-label={w.home.locate}
        aria-busy={locating.value}
        disabled={locating.value}
        onClick={onLocate}
      >
        <Icon name="locate" />
      </button>
      <a class="btn btn-i" href="/search" aria-label={w.home.search}>
        <Icon name="search" />
      </a>
    </header>
  );
}

/** Before the phone asks for the first time: what the position is for, and the way without it. */
export function WhySheet({ onClose }: { onClose: () => void }) {
  const w = words.value;
  const { route } = useLocation();
  const go = async () => {
    const silence = await locate();
    if (silence) route(`/places?why=${silence}`, true);
    else onClose();
  };
  return (
    <Sheet title={w.why.title} onClose={onClose}>
      <p>{w.why.text}</p>
      <button type="button" class="btn btn-main" disabled={locating.value} onClick={go}>
        <Icon name="locate" />
        {locating.value ? w.home.locating : w.why.go}
      </button>
      <button type="button" class="btn btn-quiet" onClick={() => route("/places", true)}>
        {w.why.pick}
      </button>
    </Sheet>
  );
}
