"""Settings: one documented table, and a clear word for each value that cannot be."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_core import PydanticUndefined
from typer.testing import CliRunner

from app.cli import main
from app.core.settings import Settings

README = Path(__file__).parents[1] / "README.md"


def documented() -> dict[str, tuple[str, str]]:
    """The README's table: variable → (default, meaning)."""
    rows = re.findall(r"^\| `(NUANFENG_\w+)` \| (.*?) \| (.*?) \|$", README.read_text("utf-8"), re.MULTILINE)
    return {name: (default, meaning) for name, default, meaning in rows}


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A function: what `nuanfeng migrate` says of these variables, which must end it with status 2."""
    for name in [name for name in os.environ if name.startswith("NUANFENG_")]:
        monkeypatch.delenv(name)

    def run(**variables: str) -> list[str]:
        ended = CliRunner().invoke(main, ["migrate"], env={f"NUANFENG_{n}": v for n, v in variables.items()})
        assert ended.exit_code == 2, ended.output
        return ended.stderr.splitlines()

    return run


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
        ("CALENDAR_DIR", "/nonexistent"),
    ],
)
def test_a_wrong_value_is_told_by_the_name_of_its_variable(
    refused: Callable[..., list[str]], name: str, value: str
) -> None:
    [line] = refused(**{name: value})
    assert line.startswith(f"NUANFENG_{name}: ")


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
def test_settings_that_do_not_go_together_name_what_is_missing(
    refused: Callable[..., list[str]], variables: dict[str, str], named: str
) -> None:
    [line] = refused(**variables)
    assert named in line


def test_all_wrong_values_are_told_at_once(refused: Callable[..., list[str]]) -> None:
    assert {line.split(":")[0] for line in refused(PORT="x", CITY="y")} == {"NUANFENG_PORT", "NUANFENG_CITY"}


def test_a_year_file_that_cannot_be_used_is_named(refused: Callable[..., list[str]], tmp_path: Path) -> None:
    (tmp_path / "2027.json").write_text('{"year": 2027}')
    assert refused(CALENDAR_DIR=str(tmp_path)) == ["NUANFENG_CALENDAR_DIR: 2027.json: 'off' is missing"]


def test_a_variable_that_is_no_setting_is_named_with_the_likely_one(
    refused: Callable[..., list[str]],
) -> None:
    lines = refused(LOGLEVEL="debug", PORT="x")
    assert lines[0] == "NUANFENG_LOGLEVEL is not a setting; did you mean NUANFENG_LOG_LEVEL?"


def test_a_secret_is_not_told_when_settings_are_printed() -> None:
    settings = Settings(basemap_kind="tianditu", basemap_key=SecretStr("s3cret"))
    assert "s3cret" not in repr(settings)
