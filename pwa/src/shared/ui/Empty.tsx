// Nothing to show, or it failed: what, why, then the nearest way out.
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

type Props = { icon: IconName; title: string; text?: string; failed?: boolean; children?: ComponentChildren };

export function Empty({ icon, title, text, failed, children }: Props) {
  return (
    <>
      <div class="empty" role={failed ? "alert" : "status"}>
        <Icon name={icon} />
        <h2>{title}</h2>
        {text && <p>{text}</p>}
      </div>
      {children}
    </>
  );
}
