"""Builds the page into pwa/dist when its sources changed. Usage: .venv/bin/python -m tools.page"""

import shutil

from tools.steps import NODE, PWA, digest, is_done, lock, run, say

DIST = PWA / "dist"
_NEXT = PWA / "dist.next"
_LAST = PWA / "dist.last"


def build() -> None:
    """One process at a time; the old page stays until the new one is whole."""
    with lock("page"):
        sources = [p for p in PWA.iterdir() if p.is_file() or p.name in ("src", "public")]
        wanted = digest(*sorted(sources))
        if is_done(DIST / ".built", wanted):
            return
        say("the page in pwa/dist")
        vite = PWA / "node_modules" / "vite" / "bin" / "vite.js"
        shutil.rmtree(_NEXT, ignore_errors=True)
        run([NODE, vite, "build", "--logLevel=warn", "--outDir", _NEXT.name], cwd=PWA)
        (_NEXT / ".built").write_text(wanted)
        shutil.rmtree(_LAST, ignore_errors=True)
        if DIST.exists():
            DIST.rename(_LAST)
        _NEXT.rename(DIST)
        shutil.rmtree(_LAST, ignore_errors=True)


if __name__ == "__main__":
    build()
