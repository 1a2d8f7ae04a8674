"""What is measured on a screen: axe, sizes of controls and text, overflow. Each answers what is wrong."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tools.steps import PWA

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_AXE = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: rules },
    rules: { "target-size": { enabled: false } } });
  const where = (nodes) => nodes.map(({ target }) => target.join(" ")).join(" | ");
  return violations.map(({ id, nodes }) => `${id}: ${where(nodes)}`);
}"""

_CONTROLS = """() => {
  const least = 48 - 0.5, apart = 8 - 0.5, wrong = [];
  const shown = [...document.querySelectorAll("a[href], button, input, [role=button]")]
    .filter((one) => !one.closest("[inert], .sr") && !one.matches(".scrim"))
    .map((one) => ({ one, box: (one.closest("label") ?? one).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0);
  const name = ({ one }) => (one.ariaLabel ?? one.textContent).trim().slice(0, 20) || one.tagName;
  for (const control of shown) {
    const { width, height } = control.box;
    if (width < least || height < least) wrong.push(`${name(control)} is ${width} x ${height}`);
  }
  const still = shown.filter(({ one }) => !one.closest(".foot"));
  for (const [index, a] of still.entries()) for (const b of still.slice(index + 1)) {
    if (a.one.contains(b.one) || b.one.contains(a.one) || a.one.closest("label")?.contains(b.one)) continue;
    const across = Math.max(a.box.left, b.box.left) - Math.min(a.box.right, b.box.right);
    const down = Math.max(a.box.top, b.box.top) - Math.min(a.box.bottom, b.box.bottom);
    if (Math.max(across, down) < apart) {
      wrong.push(`${name(a)} and ${name(b)} are ${Math.max(across, down).toFixed(1)} px apart`);
    }
  }
  return wrong;
}"""

_TEXT = """(least) => {
  const wrong = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim(), element = node.parentElement;
    if (!text || !element.getClientRects().length || element.closest(".sr, noscript, script")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    const enough = element.closest(".bar") ? 15 : least;
    if (size < enough - 0.01) wrong.push(`${text.slice(0, 20)} is ${size} px`);
  }
  return wrong;
}"""

_OVERFLOW = """() => {
  const wrong = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    wrong.push(`the page is ${document.documentElement.scrollWidth} px wide on ${width}`);
  }
  for (const element of document.querySelectorAll("h1, h2, p, li, a, button, span, b, code")) {
    if (element.closest(".sr, [inert]") || !element.textContent.trim()) continue;
    const box = element.getBoundingClientRect();
    const out = box.right > width + 1 || box.left < -1;
    const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    if (out || (cut && element.matches("a, button, p, h1, h2"))) {
      wrong.push(`${element.tagName} ${element.textContent.trim().slice(0, 20)} is cut off`);
    }
  }
  return wrong;
}"""


@cache
def _axe_source() -> str:
    return (PWA / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def accessibility(page: Page) -> list[str]:
    """What axe finds, but for sizes: it takes a control half under the fixed bar for a small one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_source())
    return _said(page.evaluate(_AXE, _RULES))


def controls(page: Page) -> list[str]:
    """Controls under 48 px, or nearer than 8 px to another (the foot lies over what scrolls beneath it)."""
    return _said(page.evaluate(_CONTROLS))


def small_text(page: Page) -> list[str]:
    """Text under 16 px, in the bottom bar under 15."""
    return _said(page.evaluate(_TEXT, 16))


def overflow(page: Page) -> list[str]:
    """Sideways scroll, and words that are cut off."""
    return _said(page.evaluate(_OVERFLOW))


def double_text(page: Page) -> None:
    """Twice the text, as a rider sets it in the browser."""
    page.evaluate(
        "document.documentElement.style.fontSize = '225%'; window.dispatchEvent(new Event('resize'))"
    )
    page.wait_for_function("document.documentElement.classList.contains('is-large')")


def _said(found: Any) -> list[str]:
    return [str(one) for one in found]
