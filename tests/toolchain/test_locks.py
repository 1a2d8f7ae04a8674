"""Lock files are whole, agree with what they lock, and name no download host."""

import ast
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LAYERS = ("requirements", "requirements-build", "requirements-dev")
PACKAGES = json.loads((ROOT / "pwa" / "package-lock.json").read_text())["packages"]


def asked_for(name: str) -> list[Requirement]:
    """The requirements of an .in file and of those that it takes in."""
    found = []
    for line in (ROOT / f"{name}.in").read_text().splitlines():
        if line.startswith("-r "):
            found += asked_for(line.removeprefix("-r ").removesuffix(".in"))
        elif line and not line.startswith("#"):
            found.append(Requirement(line))
    return found


def locked(name: str) -> dict[str, list[tuple[str, Requirement]]]:
    """Package to its pins (one a marker), each with the text that follows it."""
    text = (ROOT / f"{name}.txt").read_text()
    pins: dict[str, list[tuple[str, Requirement]]] = {}
    for entry in re.split(r"\n(?=[a-z0-9])", text):
        pin, _, rest = entry.partition("\\")
        requirement = Requirement(pin.strip())
        pins.setdefault(canonicalize_name(requirement.name), []).append((rest, requirement))
    return pins


@pytest.mark.parametrize("name", LAYERS)
def test_every_wanted_package_is_locked_at_a_version_that_it_allows(name: str) -> None:
    pins = locked(name)
    for wanted in asked_for(name):
        for _, pin in pins[canonicalize_name(wanted.name)]:
            (version,) = (specifier.version for specifier in pin.specifier)
            assert wanted.specifier.contains(version), f"{wanted} is locked at {version}: run make lock"


@pytest.mark.parametrize("name", LAYERS)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    for pins in locked(name).values():
        for rest, pin in pins:
            assert str(pin.specifier).startswith("=="), pin
            assert "--hash=sha256:" in rest, pin


@pytest.mark.parametrize(("below", "above"), [LAYERS[:2], LAYERS[1:]])
def test_each_lock_holds_the_one_before_it_at_the_same_versions(below: str, above: str) -> None:
    pins = locked(above)
    for name, entries in locked(below).items():
        assert [str(pin) for _, pin in entries] == [str(pin) for _, pin in pins[name]]


def test_what_is_installed_is_what_is_locked() -> None:
    for pins in locked("requirements-dev").values():
        for _, pin in pins:
            if pin.marker is None or pin.marker.evaluate():
                assert pin.specifier.contains(metadata.version(pin.name)), f"{pin}: run make setup"


def test_the_product_imports_nothing_that_only_tests_install() -> None:
    distributions, pins = metadata.packages_distributions(), locked("requirements")
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in {name.partition(".")[0] for name in names} - {"app"} - sys.stdlib_module_names:
                owners = {canonicalize_name(owner) for owner in distributions[name]}
                assert owners & pins.keys(), (
                    f"{file.relative_to(ROOT)} imports {name}, not in requirements.in"
                )


def test_every_platforms_package_stands_in_the_pages_lock() -> None:
    for path, package in PACKAGES.items():
        for name in package.get("optionalDependencies", {}):
            assert any(other.endswith(f"node_modules/{name}") for other in PACKAGES), (
                f"{path} wants {name}, which the lock lacks: `npm ci` fails on that platform"
            )


def test_the_pages_packages_are_pinned_exactly_and_locked_so() -> None:
    wanted = json.loads((ROOT / "pwa" / "package.json").read_text())
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert PACKAGES[f"node_modules/{name}"]["version"] == version.rpartition("@")[2]


def test_no_committed_file_names_a_download_host() -> None:
    pattern = r'"resolved":|--(extra-)?index-url|^registry *=|https?://[^ "]+\.(whl|tgz|tar\.gz)'
    command = ["git", "grep", "-nIE", pattern, "--", ".", f":!{Path(__file__).relative_to(ROOT)}"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 1, found.stdout or found.stderr
