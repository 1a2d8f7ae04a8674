"""Runs the app under uvicorn: the port bound before anything else, one line when ready, an orderly end."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import segno
import uvicorn
from fastapi import FastAPI

from app.core.settings import Settings
from app.core.tls import lan_addresses


class PortTaken(Exception):
    """Somebody else listens there, or nobody may."""


def bind(host: str, port: int) -> socket.socket:
    """A listening place; port 0 takes a free one. Raises PortTaken with a line that says what to do."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(address)
            bound.listen(2048)
        except OSError:
            bound.close()
            raise
    except OSError as error:
        raise PortTaken(
            f"cannot listen on {host} port {port} ({error.strerror}); choose another with --port"
        ) from None
    bound.set_inheritable(True)
    return bound


_PHONE_HINTS = """\
手机要和这台电脑在同一个网络。证书是在本机生成的，浏览器会警告：点“高级”→“继续”。
离线和安装要用受信任的证书：证书不受信任时，Chrome 不启用 service worker。
The phone must be in the same network. The browser warns of the certificate made here: Advanced → Proceed.
Offline use and installation need a trusted certificate: without one Chrome refuses the service worker.
"""


class _Server(uvicorn.Server):
    """Says where it can be reached once it can be."""

    def __init__(self, config: uvicorn.Config, address: str, *, show_qr: bool, show_hints: bool) -> None:
        super().__init__(config)
        self._address = address
        self._show_qr = show_qr
        self._show_hints = show_hints

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End in good order when asked to, with status 0: uvicorn would raise the signal anew afterwards."""
        before = {name: signal.signal(name, self.handle_exit) for name in (signal.SIGINT, signal.SIGTERM)}
        yield
        for name, handler in before.items():
            signal.signal(name, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address."""
        await super().startup(sockets)
        if self.should_exit:
            return
        sys.stdout.write(f"{self._address}\n")
        if self._show_qr:
            segno.make(self._address, error="l").terminal(compact=True)
        if self._show_hints:
            sys.stdout.write(_PHONE_HINTS)
        sys.stdout.flush()


def run(app: FastAPI, settings: Settings, bound: socket.socket, *, certificate_made_here: bool) -> bool:
    """Serve until asked to end; whether it ever was ready.

    Whoever opens a page under a certificate made here is told what the browser will say.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        ws="none",
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        timeout_graceful_shutdown=10,
    )
    server = _Server(
        config,
        _address(settings, bound),
        show_qr=_shown_to_phones(settings),
        show_hints=certificate_made_here,
    )
    server.run(sockets=[bound])
    return server.started


def _shown_to_phones(settings: Settings) -> bool:
    return settings.tls_cert is not None and not settings.is_loopback


def _address(settings: Settings, bound: socket.socket) -> str:
    scheme = "https" if settings.tls_cert else "http"
    host = settings.host
    if host in ("0.0.0.0", "::"):
        host = (lan_addresses() or ["127.0.0.1"])[0]
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}:{bound.getsockname()[1]}"
