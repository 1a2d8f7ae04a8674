"""The built page: freshness by kind, history addresses, vanished assets, packing, no way outside."""

from pathlib import Path

import brotli
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.page import Page

INDEX = "<!doctype html><title>暖蜂</title>" + "<p>x</p>" * 100
SCRIPT = "console.log('暖蜂');" * 100


@pytest.fixture
def database() -> str:
    """One is enough: files have nothing to do with it."""
    return "sqlite"


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A small built page, and a secret beside it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX)
    (folder / "sw.js").write_text(SCRIPT)
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "assets" / "app-1a2b.js").write_text(SCRIPT)
    (folder / "assets" / "icon.png").write_bytes(b"\x89PNG" + bytes(1000))
    (folder / ".hidden").write_text("hidden")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def app(app: FastAPI, dist: Path) -> FastAPI:
    """The app with that page."""
    app.router.default = Page(dist)
    return app


@pytest.mark.parametrize("path", ["/", "/stations/0192b3f0", "/map", "/about/privacy", "/驿站"])
def test_the_addresses_of_screens_give_the_page_itself(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.text == INDEX
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/sw.js", "text/javascript"), ("/manifest.webmanifest", "application/manifest+json")],
)
def test_the_service_worker_and_the_manifest_are_always_asked_for_anew(
    client: TestClient, path: str, kind: str
) -> None:
    answer = client.get(path)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith(kind)


def test_assets_are_kept_for_ever(client: TestClient) -> None:
    answer = client.get("/assets/app-1a2b.js")
    assert answer.text == SCRIPT
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/assets/app-old.js", "/assets/", "/assets/old", "/favicon.ico", "/a/b.css"]
)
def test_a_vanished_file_is_404_and_never_the_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/nope", "/v1/stations/"])
def test_an_unknown_address_of_the_api_is_404_and_never_the_page(client: TestClient, path: str) -> None:
    assert client.get(path).json()["code"] == "not_found"


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "//etc/passwd",
        "/.hidden",
        "/link.txt",
        "/a%00.txt",
    ],
)
def test_nothing_outside_the_folder_is_ever_given(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert "secret" not in answer.text and "hidden" not in answer.text and "root:" not in answer.text
    assert answer.status_code in (200, 404)


def test_text_is_packed_and_pictures_are_not(client: TestClient) -> None:
    for encoding in ("br", "gzip"):
        answer = client.get("/assets/app-1a2b.js", headers={"accept-encoding": encoding})
        assert answer.headers["content-encoding"] == encoding and answer.text == SCRIPT
        assert answer.headers["vary"] == "Accept-Encoding"
    asked = {"accept-encoding": "gzip, br"}
    assert int(client.get("/assets/app-1a2b.js", headers=asked).headers["content-length"]) == len(
        brotli.compress(SCRIPT.encode(), quality=11)
    )
    assert "content-encoding" not in client.get("/assets/icon.png", headers=asked).headers
    plain = client.get("/assets/app-1a2b.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.text == SCRIPT


def test_a_page_that_the_browser_holds_is_confirmed_until_it_is_built_anew(
    client: TestClient, dist: Path
) -> None:
    tag = client.get("/").headers["etag"]
    assert client.get("/", headers={"if-none-match": tag}).status_code == 304
    (dist / "index.html").write_text(INDEX + "<!-- new -->")
    answer = client.get("/", headers={"if-none-match": tag})
    assert answer.status_code == 200 and answer.text.endswith("<!-- new -->")


def test_a_page_that_was_never_built_says_how_to_build_it(
    client: TestClient, app: FastAPI, tmp_path: Path
) -> None:
    app.router.default = Page(tmp_path / "nothing")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make run" in answer.text
