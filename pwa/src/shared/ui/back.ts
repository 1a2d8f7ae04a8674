// How many steps inside the app lie behind this page, so that "back" never leaves it by surprise.

type State = { depth?: number } | null;

let depth = -1;

/** To be called after every change of page; the depth is kept in the history entry itself. */
export function noteStep(): void {
  const state = history.state as State;
  if (state?.depth === undefined) history.replaceState({ ...state, depth: depth + 1 }, "");
  depth = (history.state as State)?.depth ?? 0;
}

/** One step back; a page opened by a link from outside goes to `home` instead. */
export function goBack(home: () => void): void {
  if (depth > 0) history.back();
  else home();
}
