// The frame of every page: notices, head, body, and at the thumb the dock and the bottom bar.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { words } from "../words/index.ts";
import { Banner } from "./Banner.tsx";
import { goBack } from "./back.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";
import { update } from "./update.ts";

export type BarItem = "stations" | "map" | "me";

const BAR: { item: BarItem; href: string; icon: IconName }[] = [
  { item: "stations", href: "/", icon: "map-pin-house" },
  { item: "map", href: "/map", icon: "map" },
  { item: "me", href: "/me", icon: "user" },
];

type Props = {
  /** The page's name in the browser's tab. */
  title: string;
  notice?: ComponentChildren;
  head: ComponentChildren;
  children: ComponentChildren;
  dock?: ComponentChildren;
  /** Which of the bottom bar's pages this is; without it there is no bar (task pages). */
  bar?: BarItem;
  sheet?: ComponentChildren;
};

export function Screen({ title, notice, head, children, dock, bar, sheet }: Props) {
  const w = words.value;
  const apply = update.value;
  useEffect(() => {
    document.title = title === w.app ? title : `${title} · ${w.app}`;
  }, [title, w]);
  return (
    <>
      <div class="screen" inert={Boolean(sheet)} aria-hidden={sheet ? "true" : undefined}>
        {apply && (
          <Banner icon="refresh-cw" tone="info" title={w.update.ready}>
            <button type="button" class="btn" onClick={apply}>
              {w.update.go}
            </button>
          </Banner>
        )}
        {notice}
        {head}
        <main>{children}</main>
        {(dock || bar) && (
          <div class="foot">
            {dock && (
              <section class="dock" aria-label={w.bar.action}>
                {dock}
              </section>
            )}
            {bar && (
              <nav class="bar" aria-label={w.bar.label}>
                {BAR.map(({ item, href, icon }) => (
                  <a key={item} href={href} aria-current={item === bar ? "page" : undefined}>
                    <span>
                      <Icon name={icon} />
                    </span>
                    {w.bar[item]}
                  </a>
                ))}
              </nav>
            )}
          </div>
        )}
      </div>
      {sheet}
    </>
  );
}

/** Head of a page one step in: back, name, actions. */
export function TopBar({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <header class="top">
      <BackButton />
      <h1>{title}</h1>
      {children}
    </header>
  );
}

function BackButton() {
  const { route } = useLocation();
  return (
    <button
      type="button"
      class="btn btn-i"
      aria-label={words.value.back}
      onClick={() => goBack(() => route("/", true))}
    >
      <Icon name="chevron-left" />
    </button>
  );
}
