// The chips and the segment above the list, and the sheet with every service.
import { useState } from "preact/hooks";
import { Choice } from "../../shared/ui/Choice.tsx";
import { Icon } from "../../shared/ui/Icon.tsx";
import { Sheet } from "../../shared/ui/Sheet.tsx";
import { words } from "../../shared/words/index.ts";
import { ask, askWhen, SERVICES, serviceIcon, services, slots, toggleService, when } from "./filters.ts";
import { serviceName } from "./reading.ts";

export function Filters({ onMore }: { onMore: () => void }) {
  const w = words.value;
  const behind = services.value.filter((kind) => !slots.value.includes(kind)).length;
  return (
    <section class="filters" aria-label={w.home.filters}>
      <div class="chips" role="group" aria-label={w.home.needs}>
        {slots.value.map((kind) => (
          <ServiceChip key={kind} kind={kind} pressed={services.value.includes(kind)} onToggle={toggleService} />
        ))}
        <button type="button" class="chip" aria-pressed={behind > 0} aria-haspopup="dialog" onClick={onMore}>
          <Icon name="ellipsis" />
          {behind > 0 ? w.home.moreCount(behind) : w.home.more}
        </button>
      </div>
      <Choice
        label={w.home.openWhen}
        chosen={when.value}
        onChoose={askWhen}
        options={[
          { value: "now", text: w.home.openNow },
          { value: "arrival", text: w.home.openOnArrival },
          { value: "night", text: w.home.allNight },
        ]}
      />
    </section>
  );
}

function ServiceChip({
  kind,
  pressed,
  onToggle,
}: {
  kind: string;
  pressed: boolean;
  onToggle: (kind: string) => void;
}) {
  return (
    <button type="button" class="chip" aria-pressed={pressed} onClick={() => onToggle(kind)}>
      <Icon name={serviceIcon(kind)} />
      {serviceName(kind, words.value)}
    </button>
  );
}

/** Every service at once: what is tapped is taken over when the sheet closes by its amber button. */
export function ServiceSheet({ onClose }: { onClose: () => void }) {
  const w = words.value;
  const [chosen, choose] = useState(services.value);
  const toggle = (kind: string) =>
    choose(chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind]);
  const finish = () => {
    ask(chosen);
    onClose();
  };
  return (
    <Sheet title={w.services.title} onClose={onClose}>
      <div class="chips chips-all" role="group" aria-label={w.home.needs}>
        {SERVICES.map(({ kind }) => (
          <ServiceChip key={kind} kind={kind} pressed={chosen.includes(kind)} onToggle={toggle} />
        ))}
      </div>
      <div class="dock dock-in">
        <button type="button" class="btn btn-l" disabled={chosen.length === 0} onClick={() => choose([])}>
          {w.services.clear}
        </button>
        <button type="button" class="btn btn-main grow" onClick={finish}>
          {w.services.show}
        </button>
      </div>
    </Sheet>
  );
}
