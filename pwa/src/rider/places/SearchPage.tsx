// Search: stations lead to their page, districts and streets become the place the list is counted from.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Station } from "../../shared/api/client.ts";
import { distanceM } from "../../shared/geo/distance.ts";
import { Empty } from "../../shared/ui/Empty.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { distance } from "../../shared/words/format.ts";
import { allWords } from "../../shared/words/pages.ts";
import { nameOf } from "../stations/reading.ts";
import { place } from "../stations/whereabouts.ts";
import { chooseRegion, found, type Located, search } from "./places.ts";

/** Typing goes on: the question is asked when it rests. */
const REST_MS = 250;

export function SearchPage() {
  const w = allWords.value;
  const { query, route } = useLocation();
  const [text, type] = useState(query.q ?? "");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => {
      void search(text);
      // Coming back from a station finds the same results.
      history.replaceState(history.state, "", text ? `/search?q=${encodeURIComponent(text)}` : "/search");
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [text]);

  const choose = (region: Located) => {
    chooseRegion(region);
    route("/");
  };
  const now = found.value;
  return (
    <Screen title={w.search.title} bar="stations" head={<TopBar title={w.search.title} />}>
      <search>
        <label class="field">
          <Icon name="search" />
          <span class="sr">{w.search.title}</span>
          <input
            ref={field}
            type="search"
            value={text}
            maxLength={50}
            autocomplete="off"
            enterkeyhint="search"
            placeholder={w.search.example}
            onInput={(event) => type(event.currentTarget.value)}
          />
          {text && (
            <button type="button" class="btn btn-i" aria-label={w.search.clear} onClick={() => type("")}>
              <Icon name="x" />
            </button>
          )}
        </label>
      </search>
      <div class="results" aria-live="polite" aria-busy={now.state === "loading"}>
        {now.state === "idle" && <p class="mute small">{w.search.hint}</p>}
        {now.state === "loading" && <p class="mute small">{w.home.loading}</p>}
        {now.state === "failed" && <Empty failed icon="wifi-off" title={w.failed.search} />}
        {now.state === "ready" && now.regions.length + now.stations.length === 0 && (
          <Empty icon="search" title={w.search.nothing(now.q)} text={w.search.nothingText} />
        )}
        {now.state === "ready" && now.regions.length > 0 && (
          <>
            <h2 class="h">{w.search.regions}</h2>
            <ul class="list">
              {now.regions.map(({ region, middle }) => (
                <li key={region.code}>
                  <button type="button" class="fact" onClick={() => choose(middle)}>
                    <Icon name="map-pin" />
                    <span class="grow">
                      <span class="title">{region.name}</span>
                      {middle !== region && <small>{w.places.by(middle.name)}</small>}
                    </span>
                    <span class="mute nb">{w.places.count(region.stations)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        {now.state === "ready" && now.stations.length > 0 && (
          <>
            <h2 class="h">{w.search.stations}</h2>
            <ul class="list">
              {now.stations.map((station) => (
                <StationHit key={station.id} station={station} />
              ))}
            </ul>
          </>
        )}
      </div>
      <a class="btn" href="/map?pick">
        <Icon name="map" />
        {w.places.onMap}
      </a>
    </Screen>
  );
}

function StationHit({ station }: { station: Station }) {
  const w = allWords.value;
  const here = place.value;
  const far = here && distance(distanceM(here, station), w);
  return (
    <li>
      <a class="fact" href={`/stations/${station.id}`}>
        <span class="grow">
          <span class="title">{nameOf(station, w)}</span> {station.sample && <span class="tag">{w.home.sample}</span>}
          {station.address && <small>{station.address}</small>}
        </span>
        {far && <span class="mute nb">{`${far.number} ${far.unit}`}</span>}
        <Icon name="chevron-right" />
      </a>
    </li>
  );
}
