"""What a rider on a weak network must load, compressed: the first screen, later parts, the whole shell."""

import gzip
import re
from pathlib import Path

from tests.pwa.shell import cached, wait_until_kept
from tests.pwa.walk import Walk

KB = 1024


def compressed(*files: Path) -> int:
    """Bytes on the wire."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def first_load(dist: Path, ending: str) -> list[Path]:
    """The files that index.html names."""
    html = (dist / "index.html").read_text(encoding="utf-8")
    return [dist / name for name in sorted(set(re.findall(rf'"/([^"]+\.{ending})"', html)))]


def test_the_first_load_has_at_most_30_kb_of_script(built_page: Path) -> None:
    files = first_load(built_page, "js")
    assert files
    assert compressed(*files) <= 30 * KB


def test_the_first_load_has_at_most_8_kb_of_style(built_page: Path) -> None:
    files = first_load(built_page, "css")
    assert files
    assert compressed(*files) <= 8 * KB


def test_a_later_part_has_at_most_16_kb_and_the_map_60(built_page: Path) -> None:
    later = set((built_page / "assets").glob("*.js")) - set(first_load(built_page, "js"))
    of_the_map = {file for file in later if re.match("MapPage|vectorTiles", file.name)}
    assert {file.name: compressed(file) for file in later - of_the_map if compressed(file) > 16 * KB} == {}
    assert max(map(compressed, of_the_map)) <= 60 * KB


def test_the_whole_shell_that_is_kept_on_the_phone_has_at_most_200_kb(built_page: Path, walk: Walk) -> None:
    wait_until_kept(walk.open().page)
    kept = [entry.split(" ")[1] for entry in cached(walk.page) if entry.startswith("shell-")]
    assert "/" in kept
    assert compressed(*(built_page / (path.lstrip("/") or "index.html") for path in kept)) <= 200 * KB
