"""Settings: one documented table, and a clear word for each value that cannot be."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from app.core.settings import Settings

README = Path(__file__).parents[1] / "README.md"


def documented() -> dict[str, tuple[str, str]]:
    """The README's table: variable → (default, meaning)."""
    rows = re.findall(r"^\| `(NUANFENG_\w+)` \| (.*?) \| (.*?) \|$", README.read_text("utf-8"), re.MULTILINE)
    return {name: (default, meaning) for name, default, meaning in rows}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command with these variables and no others of ours."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NUANFENG_")}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        env={**inherited, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_readme_documents_every_setting_with_its_default_and_its_meaning() -> None:
    wanted = {}
    for name, field in Settings.model_fields.items():
        value = field.default
        assert value is not PydanticUndefined
        shown = value.get_secret_value() if isinstance(value, SecretStr) else value
        shown = int(shown) if isinstance(shown, bool) else shown
        default = "" if shown in ("", None) else f"`{shown}`"
        wanted[f"NUANFENG_{name.upper()}"] = (default, field.description)
    assert documented() == wanted


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "80000"),
        ("PORT", "http"),
        ("CITY", "宿州"),
        ("DEMO", "maybe"),
        ("LOG_LEVEL", "loud"),
        ("PUBLIC_URL", "nuanfeng.example"),
        ("BASEMAP_URL", "https://a.example; script-src *"),
        ("DATABASE_URL", "mysql://localhost/nuanfeng"),
        ("BASEMAP_KIND", "google"),
        ("BODY_LIMIT_BYTES", "1"),
        ("SNAPSHOT_POLL_MS", "0"),
        ("HOTLINE", "call me"),
    ],
)
def test_a_wrong_value_is_told_by_the_name_of_its_variable(name: str, value: str) -> None:
    ended = run("migrate", **{f"NUANFENG_{name}": value})
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"NUANFENG_{name}: ")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"TLS_CERT": "cert.pem"}, "NUANFENG_TLS_KEY"),
        ({"BASEMAP_KIND": "tiles"}, "NUANFENG_BASEMAP_URL"),
        ({"BASEMAP_KIND": "tianditu"}, "NUANFENG_BASEMAP_KEY"),
        ({"DEMO": "1", "HOST": "0.0.0.0"}, "NUANFENG_DEMO_PUBLIC"),
        ({"DEMO": "1", "HOST": "0.0.0.0", "DEMO_PUBLIC": "1"}, "NUANFENG_TLS_CERT"),
    ],
)
def test_settings_that_do_not_go_together_name_what_is_missing(variables: dict[str, str], named: str) -> None:
    ended = run("migrate", **{f"NUANFENG_{name}": value for name, value in variables.items()})
    assert ended.returncode == 2
    assert named in ended.stderr


def test_all_wrong_values_are_told_at_once() -> None:
    ended = run("migrate", NUANFENG_PORT="x", NUANFENG_CITY="y")
    assert {line.split(":")[0] for line in ended.stderr.splitlines()} == {"NUANFENG_PORT", "NUANFENG_CITY"}


def test_a_variable_that_is_no_setting_is_named_with_the_likely_one(tmp_path: Path) -> None:
    ended = run("migrate", NUANFENG_DATA_DIR=str(tmp_path), NUANFENG_LOGLEVEL="debug")
    assert ended.returncode == 0
    assert ended.stderr == "NUANFENG_LOGLEVEL is not a setting; did you mean NUANFENG_LOG_LEVEL?\n"


def test_a_secret_is_not_told_when_settings_are_printed() -> None:
    settings = Settings(basemap_kind="tianditu", basemap_key=SecretStr("s3cret"))
    assert "s3cret" not in repr(settings)
