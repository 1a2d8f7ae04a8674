// The dock of a place: one tap hands over to the map the rider last chose; another map is one question away.
import { type MapApp, mapLink } from "../../shared/device/maplinks.ts";
import { leavingLink } from "../../shared/device/wechat.ts";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Sheet } from "../../shared/ui/Sheet.tsx";
import { allWords } from "../../shared/words/pages.ts";
import { chooseMapApp, mapApp, travel } from "./preferences.ts";

export const MAP_APPS: readonly MapApp[] = ["amap", "baidu", "tencent"];

type Target = { lat: number; lon: number; name: string };

export function NavigateDock({ station, onOther }: { station: Target; onOther: () => void }) {
  const w = allWords.value;
  return (
    <>
      <a class="btn btn-main grow" href={mapLink(mapApp.value, station, travel.value)} {...leavingLink()}>
        <Icon name="navigation" />
        {w.station.go(w.apps[mapApp.value])}
      </a>
      <button type="button" class="btn btn-l" aria-haspopup="dialog" onClick={onOther}>
        {w.station.otherApp}
      </button>
    </>
  );
}

/** Which map: opens it at once and is remembered. */
export function WhichMap({ station, onClose }: { station: Target; onClose: () => void }) {
  const w = allWords.value;
  const chosen = (app: MapApp) => {
    chooseMapApp(app);
    onClose();
  };
  return (
    <Sheet title={w.station.whichApp} onClose={onClose}>
      <div class="pickone">
        {MAP_APPS.map((app) => (
          <a
            key={app}
            class="btn"
            href={mapLink(app, station, travel.value)}
            {...leavingLink()}
            aria-current={app === mapApp.value}
            onClick={() => chosen(app)}
          >
            {w.apps[app]}
          </a>
        ))}
      </div>
      <p class="mute small">{w.station.whichAppKept}</p>
      <button type="button" class="btn btn-quiet" onClick={onClose}>
        {w.cancel}
      </button>
    </Sheet>
  );
}
