// A notice at the top of the screen: pushes the content down, never covers it; at most one button.
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

type Props = {
  icon: IconName;
  tone?: "warn" | "bad" | "info";
  title: string;
  text?: string | undefined;
  children?: ComponentChildren;
};

export function Banner({ icon, tone = "warn", title, text, children }: Props) {
  return (
    <div class={`banner banner-${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={icon} />
      <p>
        {title}
        {text && <small>{text}</small>}
      </p>
      {children}
    </div>
  );
}
