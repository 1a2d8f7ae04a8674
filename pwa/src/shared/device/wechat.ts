// What is different inside WeChat's browser: one window, no sharing from a button, a text size of its own.

/** True inside WeChat's own browser (phone, desktop and WeCom alike). */
export function inWeChat(userAgent: string = navigator.userAgent): boolean {
  return /MicroMessenger/i.test(userAgent);
}

/** Attributes of a link that leaves the app: a new tab where there are tabs, the same window inside WeChat. */
export function leavingLink(): { target?: "_blank"; rel: string } {
  return inWeChat() ? { rel: "noreferrer" } : { target: "_blank", rel: "noopener noreferrer" };
}

/** How a page can be shared here: by the phone's sheet, by WeChat's own "…" menu, or by copying the address. */
export function shareWay(): "sheet" | "wechat-menu" | "copy" {
  if (inWeChat()) return "wechat-menu";
  return typeof navigator.share === "function" ? "sheet" : "copy";
}

/** 1rem from which the layout stacks (see `is-large` in the tokens). */
const LARGE_FROM_PX = 26;

/**
 * Marks <html> with `is-large` while text is shown large, by the browser's root font or by WeChat's and Android's
 * text zoom, which enlarges glyphs without changing what 1rem computes to.
 */
export function watchTextSize(root: HTMLElement = document.documentElement): void {
  const probe = document.createElement("span");
  probe.className = "text-size-probe";
  probe.setAttribute("aria-hidden", "true");
  probe.textContent = "十";
  const judge = () => {
    document.body.append(probe);
    const drawnPx = probe.getBoundingClientRect().width;
    probe.remove();
    const computedPx = Number.parseFloat(getComputedStyle(root).fontSize);
    root.classList.toggle("is-large", Math.max(drawnPx, computedPx) > LARGE_FROM_PX);
  };
  judge();
  window.addEventListener("resize", judge);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) judge();
  });
}
