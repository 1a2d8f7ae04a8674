"""The built page (`pwa/dist`), compressed once a file and kept, with the right freshness for each kind."""

import hashlib
import mimetypes
import zlib
from dataclasses import dataclass
from pathlib import Path

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.core.errors import NotFound

DIST = Path(__file__).parents[2] / "pwa" / "dist"
_SQUEEZABLE = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
_NOT_BUILT = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>暖蜂</title>'
    "<h1>页面还没有构建</h1><p>运行 <code>make run</code>，或在 pwa 目录里运行 "
    "<code>npm run build</code>，再刷新。接口已经可用：<a href=/v1/about>/v1/about</a></p>"
    '<p lang="en">The page is not built yet: run <code>make run</code>. The API already answers.</p></html>'
)


@dataclass(frozen=True, slots=True)
class _File:
    media_type: str
    tag: str
    plain: bytes
    packed: dict[str, bytes]


def _load(path: Path) -> _File:
    plain = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = {}
    if media_type.startswith(_SQUEEZABLE) and len(plain) >= 500:
        gzip = zlib.compressobj(9, wbits=31)
        packed = {"br": brotli.compress(plain, quality=11), "gzip": gzip.compress(plain) + gzip.flush()}
    return _File(media_type, f'"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"', plain, packed)


class Page:
    """ASGI app for whatever no route of the API answers."""

    def __init__(self, dist: Path = DIST) -> None:
        self._dist = dist.resolve()
        self._kept: dict[tuple[Path, int], _File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file of the page, or with the page itself for one of its own addresses."""
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        if path.startswith("/v1/") or path == "/v1":
            raise NotFound
        if scope["method"] != "GET":
            raise HTTPException(405, headers={"Allow": "GET"})
        response = await run_in_threadpool(self._answer, path.lstrip("/"), Headers(scope=scope))
        await response(scope, receive, send)

    def _answer(self, name: str, asked: Headers) -> Response:
        found = self._find(name)
        if found is None:
            if name.startswith("assets/") or "." in name.rpartition("/")[2]:
                raise NotFound
            found = self._find("index.html")
        if found is None:
            return Response(_NOT_BUILT, 503, media_type="text/html; charset=utf-8")
        lasting = name.startswith("assets/")
        headers = {
            "etag": found.tag,
            "cache-control": "public, max-age=31536000, immutable" if lasting else "no-cache",
            "vary": "Accept-Encoding",
        }
        if found.tag in asked.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body = found.plain
        accepted = {each.partition(";")[0].strip() for each in asked.get("accept-encoding", "").split(",")}
        for encoding, packed in found.packed.items():
            if encoding in accepted:
                body, headers["content-encoding"] = packed, encoding
                break
        return Response(body, headers=headers, media_type=found.media_type)

    def _find(self, name: str) -> _File | None:
        # The address of a file must be a plain path inside the folder, hidden files apart.
        parts = name.split("/")
        if not name or not name.isprintable() or any(not part or part.startswith(".") for part in parts):
            return None
        path = self._dist.joinpath(*parts)
        try:
            if not path.is_file() or not path.resolve().is_relative_to(self._dist):
                return None
            key = (path, path.stat().st_mtime_ns)
        except OSError:
            return None
        if key not in self._kept:
            self._kept = {kept: file for kept, file in self._kept.items() if kept[0] != path}
            self._kept[key] = _load(path)
        return self._kept[key]
