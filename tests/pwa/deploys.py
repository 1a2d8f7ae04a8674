"""Deploys as a phone meets them: a folder served over a live API, swapped by a test for a newer build."""

import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread

_HASH = re.compile(rb"-([\w-]{8})\.(js|css)\b")
_BUILD = re.compile(rb"shell-[0-9a-f]{16}")


def newer_build(old: Path, new: Path) -> Path:
    """The same page as another build would be: every hashed file has a new name, the worker a new shell."""
    for file in old.rglob("*"):
        if not file.is_file():
            continue
        name = _HASH.sub(rb"-NEWER\1.\2", file.relative_to(old).as_posix().encode()).decode()
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        if file.suffix in (".js", ".css", ".html"):
            text = _HASH.sub(rb"-NEWER\1.\2", file.read_bytes())
            (new / name).write_bytes(_BUILD.sub(b"shell-ffffffffffffffff", text))
        else:
            shutil.copyfile(file, new / name)
    return new


class Site:
    """What is deployed now. `index` may be an older folder than `page`, as a stale cache would answer."""

    def __init__(self, page: Path, api: str) -> None:
        self.page = page
        self.index = page
        self.api = api
        self.port = 0

    @property
    def url(self) -> str:
        """Its address, without a final slash."""
        return f"http://127.0.0.1:{self.port}"

    def deploy(self, page: Path) -> None:
        """From now on this build is served, its index too."""
        self.page = self.index = page


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Serve the site on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path.startswith("/v1/"):
                self._hand_on()
                return
            file = site.page / path.lstrip("/")
            if not file.is_file():
                is_page = "." not in path.rpartition("/")[2]
                file = site.index / "index.html" if is_page else file
            body = file.read_bytes() if file.is_file() else b""
            self._send(200 if file.is_file() else 404, body, guess_type(file.name)[0] or "text/plain")

        def _hand_on(self) -> None:
            try:
                with urllib.request.urlopen(site.api + self.path) as answer:
                    self._send(answer.status, answer.read(), answer.headers["content-type"])
            except urllib.error.HTTPError as error:
                self._send(error.code, error.read(), error.headers["content-type"])

        def _send(self, status: int, body: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-cache")
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
