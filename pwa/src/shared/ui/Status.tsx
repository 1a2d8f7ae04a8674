// A state: shape, word and colour together, never colour alone.
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

export type Tone = "good" | "bad" | "warn" | "plain";

export function Status({ icon, tone, children }: { icon: IconName; tone: Tone; children: ComponentChildren }) {
  return (
    <span class={tone === "plain" ? "st" : `st ${tone}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
