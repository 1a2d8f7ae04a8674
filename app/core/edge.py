"""The outermost layer: body limit, packing, security headers, ids, access log, figures, and the last catch.

One thin ASGI layer instead of five: the nearest list is the hottest path and each layer costs it time.
"""

import itertools
import os
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from app.core.db import is_out_of_reach
from app.core.errors import AppError, NotReady, TooLarge
from app.core.logs import where
from app.core.metrics import Metrics
from app.core.problems import answer
from app.core.settings import Settings

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_log = structlog.get_logger("http")


def security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """What every answer carries: nothing foreign loads but the base map, nothing frames the page."""
    host = _basemap_host(settings)
    policy = (
        f"default-src 'self'; img-src 'self' data: blob:{host}; connect-src 'self'{host}; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
    }
    if settings.tls_cert or settings.public_url.startswith("https://"):
        headers["strict-transport-security"] = "max-age=31536000"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _basemap_host(settings: Settings) -> str:
    if settings.basemap_kind == "tianditu":
        return " https://*.tianditu.gov.cn"
    address = urlsplit(settings.basemap_url)
    # A template names servers as {s}: any subdomain.
    return f" {address.scheme}://{address.netloc.replace('{s}', '*')}" if address.netloc else ""


def _nowhere() -> None:
    """Stands for the endpoint where no route was found."""


class Edge:
    """The layer itself; `templates` gives the path template of an endpoint, so that no raw path is logged."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        metrics: Metrics,
        templates: Mapping[Callable[..., Any], str],
    ) -> None:
        self._app = app
        self._packing = CompressMiddleware(app, zstd=False, brotli_quality=4, gzip_level=4)
        self._headers = security_headers(settings)
        self._limit_bytes = settings.body_limit_bytes
        self._metrics = metrics
        self._templates = templates
        self._process = os.urandom(4).hex()
        self._count = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens inside."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        method = scope["method"]
        request_id = f"{self._process}-{next(self._count):x}"
        own = [*self._headers, (b"x-request-id", request_id.encode())]
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *own]
            elif method == "HEAD" and message["type"] == "http.response.body":
                message = {
                    "type": "http.response.body",
                    "body": b"",
                    "more_body": message.get("more_body", False),
                }
            await send(message)

        if method == "HEAD":
            scope = {**scope, "method": "GET"}
        try:
            await self._guarded(scope, receive, send_on)
        except Exception as error:
            _log.error("failed", error=type(error).__name__, where=where(error.__traceback__), id=request_id)
            if status:
                raise  # the answer has begun: the server can only cut it
            said = NotReady() if is_out_of_reach(error) else AppError()
            await answer(said, Headers(scope=scope).get("accept-language"))(scope, receive, send_on)
        finally:
            route = self._templates.get(scope.get("endpoint", _nowhere), "other")
            seconds = perf_counter() - begun
            method = method if method in _METHODS else "other"
            self._metrics.request(method, route, status, seconds)
            _log.info(
                "request",
                method=method,
                route=route,
                status=status,
                duration_ms=round(seconds * 1000, 2),
                id=request_id,
            )

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        app, length, chunked = self._app, 0, False
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                app = self._packing
            elif name == b"content-length":
                # Servers refuse what is not a number before it comes here.
                length = int(value) if value.isdigit() and len(value) < 20 else 1 << 62
            elif name == b"transfer-encoding":
                chunked = True
        if length > self._limit_bytes:
            await answer(TooLarge(), Headers(scope=scope).get("accept-language"))(scope, receive, send)
            return
        if length or chunked:
            receive = _counting(receive, self._limit_bytes)
        await app(scope, receive, send)


def _counting(receive: Receive, limit_bytes: int) -> Receive:
    read_bytes = 0

    async def receive_on() -> Message:
        nonlocal read_bytes
        message = await receive()
        read_bytes += len(message.get("body", b""))
        if read_bytes > limit_bytes:
            raise HTTPException(413)  # the one kind that FastAPI lets through while it reads a body
        return message

    return receive_on
