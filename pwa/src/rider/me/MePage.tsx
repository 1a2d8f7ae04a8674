// 我的: starred stations, how the app looks and speaks, how the rider travels, what is kept.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { about, loadAbout } from "../../shared/api/about.ts";
import type { MapApp, MapMode } from "../../shared/device/maplinks.ts";
import { Choice } from "../../shared/ui/Choice.tsx";
import { Footer } from "../../shared/ui/Footer.tsx";
import { Icon, Mark } from "../../shared/ui/Icon.tsx";
import type { IconName } from "../../shared/ui/icons.ts";
import { install } from "../../shared/ui/install.ts";
import { Screen } from "../../shared/ui/Screen.tsx";
import { chooseLook, type Look, look } from "../../shared/ui/theme.ts";
import { type Language, language, speak } from "../../shared/words/index.ts";
import { allWords } from "../../shared/words/pages.ts";
import { MAP_APPS } from "../stations/NavigateDock.tsx";
import { chooseMapApp, chooseTravel, favourites, mapApp, travel } from "../stations/preferences.ts";

const LANGUAGES: readonly { value: Language; text: string }[] = [
  { value: "zh", text: "中文" },
  { value: "en", text: "English" },
];

export function MePage() {
  const w = allWords.value;
  useEffect(() => void loadAbout(), []);
  const { hotline, version } = about.value ?? {};
  const options = <T extends string>(texts: Record<T, string>, values: readonly T[]) =>
    values.map((value) => ({ value, text: texts[value] }));
  return (
    <Screen
      title={w.me.title}
      bar="me"
      head={
        <header class="place">
          <Mark />
          <h1 class="grow">{w.me.title}</h1>
        </header>
      }
    >
      <section class="card" aria-labelledby="favourites">
        <h2 class="h" id="favourites">
          {w.me.favourites}
        </h2>
        {favourites.value.length === 0 && <p class="mute small">{w.me.noFavourites}</p>}
        <ul class="list">
          {favourites.value.map(({ id, name }) => (
            <li key={id}>
              <a class="fact" href={`/stations/${id}`}>
                <Icon name="star" class="star" />
                <span class="grow">{name}</span>
                <Icon name="chevron-right" />
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Setting title={w.me.look}>
        <Choice
          label={w.me.look}
          options={options<Look>(w.me.looks, ["auto", "light", "dark"])}
          chosen={look.value}
          onChoose={chooseLook}
        />
      </Setting>
      <Setting title={w.me.travel} text={w.me.travelText}>
        <Choice
          label={w.me.travel}
          options={options<MapMode>(w.me.travels, ["ebike", "foot"])}
          chosen={travel.value}
          onChoose={chooseTravel}
        />
      </Setting>
      <Setting title={w.me.app}>
        <Choice
          label={w.me.app}
          options={options<MapApp>(w.apps, MAP_APPS)}
          chosen={mapApp.value}
          onChoose={chooseMapApp}
        />
      </Setting>
      <Setting title={w.me.language}>
        <Choice
          label={w.me.language}
          options={LANGUAGES}
          chosen={language.value}
          onChoose={(next) => void speak(next).catch(() => undefined)}
        />
      </Setting>
      <ul class="list">
        {install.value && (
          <li>
            <button type="button" class="fact" onClick={install.value}>
              <Icon name="arrow-down-to-line" />
              <span class="grow">
                {w.me.install}
                <small>{w.me.installText}</small>
              </span>
            </button>
          </li>
        )}
        {hotline && (
          <li>
            <a class="fact" href={`tel:${hotline}`}>
              <Icon name="phone" />
              <span class="grow">{w.hotline(hotline)}</span>
              <Icon name="chevron-right" />
            </a>
          </li>
        )}
        <PageLink href="/privacy" icon="shield-check" title={w.me.privacy} text={w.me.privacyText} />
        <PageLink href="/licences" icon="layers" title={w.me.licences} />
      </ul>
      {version && <p class="mute small">{w.me.version(version)}</p>}
      <Footer />
    </Screen>
  );
}

function Setting({ title, text, children }: { title: string; text?: string; children: ComponentChildren }) {
  return (
    <section>
      <h2 class="h">
        {title}
        {text && <span class="plain">{` ${text}`}</span>}
      </h2>
      {children}
    </section>
  );
}

function PageLink({ href, icon, title, text }: { href: string; icon: IconName; title: string; text?: string }) {
  return (
    <li>
      <a class="fact" href={href}>
        <Icon name={icon} />
        <span class="grow">
          {title}
          {text && <small>{text}</small>}
        </span>
        <Icon name="chevron-right" />
      </a>
    </li>
  );
}
