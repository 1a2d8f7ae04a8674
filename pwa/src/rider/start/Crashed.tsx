// A page that failed. Not a lazy part: it must be there when parts do not come.
import { Empty } from "../../shared/ui/Empty.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { words } from "../../shared/words/index.ts";

/** The program itself failed: says so, and starts anew on a tap. */
export function Crashed() {
  const w = words.value;
  return (
    <Screen
      title={w.failed.page}
      head={<TopBar title={w.app} />}
      dock={
        <button type="button" class="btn btn-main grow" onClick={() => location.assign("/")}>
          <Icon name="refresh-cw" />
          {w.failed.reload}
        </button>
      }
    >
      <Empty failed icon="triangle-alert" title={w.failed.page} text={w.failed.pageText} />
    </Screen>
  );
}
