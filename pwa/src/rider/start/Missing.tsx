// An address that leads nowhere.
import { Empty } from "../../shared/ui/Empty.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { allWords } from "../../shared/words/pages.ts";

export function Missing() {
  const w = allWords.value;
  return (
    <Screen
      title={w.missing.title}
      bar="stations"
      head={<TopBar title={w.app} />}
      dock={
        <a class="btn btn-main grow" href="/">
          <Icon name="map-pin-house" />
          {w.missing.home}
        </a>
      }
    >
      <Empty icon="signpost" title={w.missing.title} text={w.missing.text} />
    </Screen>
  );
}
