// The server holds no station yet: what an operator does next.
import { reloadAbout } from "../../shared/api/about.ts";
import { Icon, Mark } from "../../shared/ui/Icon.tsx";
import { Screen } from "../../shared/ui/Screen.tsx";
import { allWords } from "../../shared/words/pages.ts";
import { refresh } from "../stations/nearest.ts";

export function FirstSteps() {
  const w = allWords.value;
  const again = () => void reloadAbout().then(refresh);
  return (
    <Screen
      title={w.start.title}
      bar="stations"
      head={
        <header class="place">
          <Mark />
          <h1 class="grow">{w.start.title}</h1>
        </header>
      }
      dock={
        <button type="button" class="btn btn-main grow" onClick={again}>
          <Icon name="refresh-cw" />
          {w.start.reload}
        </button>
      }
    >
      <div class="prose">
        <p>{w.start.text}</p>
        <h2>{w.start.import}</h2>
        <code class="command">.venv/bin/nuanfeng import stations stations.csv</code>
        <p class="mute small">{w.start.importText}</p>
        <h2>{w.start.check}</h2>
        <code class="command">
          .venv/bin/nuanfeng import stations stations.csv <span class="nb">--rejects bad.csv</span>
        </code>
        <p>{w.start.demo}</p>
        <code class="command">make run</code>
      </div>
    </Screen>
  );
}
