"""The Chromium of the tests: the one that npm brings, else the system's; and glyphs for Chinese.

npm's is the headless shell: the same for everyone, and a third of a desktop Chromium's processor time.
"""

import json
import platform
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tools.steps import NODE, PWA, TOOLS, is_done, run, say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MACOS = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)
_PACKAGE = PWA / "node_modules" / "@sparticuz" / "chromium"
_FONTS = PWA / "node_modules" / "@embedpdf" / "fonts-sc" / "fonts"
_UNPACK = 'console.log(await (await import("@sparticuz/chromium")).default.executablePath())'

# Drawn by the processor, the same everywhere; without any GL the headless shell cannot always take a picture.
ARGS = ["--use-angle=swiftshader", "--disable-quic", "--no-first-run"]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
"""A rider's phone, as Playwright's context options."""
FONTS_CONF = TOOLS / "fonts.conf"
FONT_FAMILY = "Noto Sans S Chinese"


class NoBrowser(Exception):
    """Neither does the system have a Chromium, nor has npm one for this platform."""


def system() -> Path | None:
    """The system's Chromium or Chrome."""
    found = [path for name in _NAMES if (path := shutil.which(name))]
    return Path(found[0]) if found else next((path for path in _MACOS if path.exists()), None)


def unpacked() -> Path:
    """The folder of the browser from npm, its version in the name."""
    version = json.loads((_PACKAGE / "package.json").read_text())["version"]
    return TOOLS / f"chromium-{version}"


def executable() -> Path:
    """The browser that tests start.

    Raises NoBrowser when there is none.
    """
    ours = unpacked() / "chromium"
    if found := ours if ours.exists() else system():
        return found
    raise NoBrowser(f"install Chromium or Chrome: npm has none for {platform.system()} {platform.machine()}")


def environment(of: Path) -> dict[str, str]:
    """What the browser needs in its environment: its libraries where npm brought them, and the fonts."""
    fonts = {"FONTCONFIG_FILE": str(FONTS_CONF)}
    return (
        fonts if of.parent != unpacked() else fonts | {"LD_LIBRARY_PATH": str(of.parent / "al2023" / "lib")}
    )


def prepare() -> None:
    """Write the font configuration and, where npm has a browser for this platform, unpack it."""
    _write_fonts_conf()
    if platform.system() == "Linux" and platform.machine() == "x86_64" and not unpacked().exists():
        unpack()


def unpack() -> None:
    """Unpack npm's Chromium with its libraries; the folder appears only when it is whole."""
    say(f"Chromium in {unpacked()}")
    with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        # The package takes its libraries along only where it believes itself on that platform.
        env = {"TMPDIR": folder, "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x"}
        run([NODE, "--input-type=module", "-e", _UNPACK], cwd=PWA, env=env)
        whole = Path(folder) / "whole"
        whole.mkdir()
        for part in [*Path(folder).iterdir()]:
            if part != whole:
                part.rename(whole / part.name)
        whole.rename(unpacked())


def _write_fonts_conf() -> None:
    families = "".join(
        f'<alias binding="same"><family>{generic}</family>'
        f"<prefer><family>{FONT_FAMILY}</family></prefer></alias>"
        for generic in ("sans-serif", "serif", "monospace", "system-ui")
    )
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{_FONTS}</dir><cachedir>{TOOLS / 'fonts'}</cachedir>{families}</fontconfig>"
    )
    if not is_done(FONTS_CONF, text):
        FONTS_CONF.write_text(text)
