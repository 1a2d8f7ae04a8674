// A question over the page, given to a Screen as its `sheet`: the page behind is inert, Escape and the back key close
// it, focus stays inside.
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../words/index.ts";

const FOCUSABLE = "button:not(:disabled), a[href], input";

type Props = { title: string; onClose: () => void; children: ComponentChildren };

export function Sheet({ title, onClose, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const titleId = useId();

  // Before the browser takes the focus away from the page, which has just become inert.
  useLayoutEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    box.current?.focus();
    // A history entry of its own, so that the phone's back key closes the sheet and not the page.
    history.pushState({ sheet: true }, "");
    let gone = false;
    const back = () => {
      gone = true;
      onClose();
    };
    window.addEventListener("popstate", back);
    return () => {
      window.removeEventListener("popstate", back);
      // Once the page is no longer inert.
      setTimeout(() => opener?.focus());
      if (!gone && history.state?.sheet) history.back();
    };
  }, []);

  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    if (event.key !== "Tab") return;
    const stops = [...(box.current?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])];
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const leaving = event.shiftKey ? [first, box.current] : [last];
    if (!leaving.includes(document.activeElement as HTMLDivElement)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  };

  return (
    <>
      <button type="button" class="scrim" tabIndex={-1} aria-label={words.value.close} onClick={onClose} />
      <div
        class="sheet"
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        ref={box}
        onKeyDown={keys}
      >
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </>
  );
}
