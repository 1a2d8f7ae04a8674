// The last line of the list: places that cannot be used now, folded; a tap shows them with what is wrong.
import { Icon } from "../../shared/ui/Icon.tsx";
import { words } from "../../shared/words/index.ts";
import { services, when } from "./filters.ts";
import { hidden, showHidden, view } from "./nearest.ts";
import { hiddenWhy } from "./reading.ts";
import { StationRow } from "./StationRow.tsx";

export function Unusable() {
  const w = words.value;
  const shown = view.value;
  const out = shown.state === "ready" ? shown.answer.left_out : null;
  const asked = services.value;
  if (shown.state !== "ready" || !out || out.closed + out.broken === 0) return null;
  if (hidden.value) {
    return (
      <section aria-label={w.home.hiddenTitle}>
        <h2 class="h">{w.home.hiddenTitle}</h2>
        <ul class="list">
          {hidden.value.map((near) => (
            <StationRow key={near.id} near={near} asked={asked} saved={shown.savedAt !== null} />
          ))}
        </ul>
      </section>
    );
  }
  return (
    <button type="button" class="fact mute" onClick={showHidden}>
      <span class="grow">
        {w.home.hidden(out.closed + out.broken, hiddenWhy(out, asked, when.value === "night", w))}
      </span>
      <Icon name="chevron-down" />
    </button>
  );
}
