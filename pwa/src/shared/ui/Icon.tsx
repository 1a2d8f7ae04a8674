// One icon out of the sprite in index.html. It never stands alone: a word or an aria-label carries the name.
import type { IconName } from "./icons.ts";

/** @param class_ extra classes beside `i` */
export function Icon({ name, class: extra }: { name: IconName; class?: string }) {
  return (
    <svg class={extra ? `i ${extra}` : "i"} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The hexagon is ours: brand mark, and nothing else on these screens. */
export function Mark() {
  return (
    <svg class="mark" aria-hidden="true">
      <use href="#i-mark" />
    </svg>
  );
}
