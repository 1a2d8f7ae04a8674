"""Load from 16 clients: wrk where it is installed, a Python one otherwise. Both tell requests/s and p99."""

import asyncio
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

CLIENTS = 16


@dataclass(frozen=True)
class Load:
    """What one run measured."""

    per_second: float
    p50_ms: float
    p99_ms: float


def drive(urls: list[str], seconds: float, script: Path) -> Load:
    """Ask these addresses in turn, all of one server. `script` is a file to write wrk's script to."""
    return _by_wrk(urls, seconds, script) if shutil.which("wrk") else asyncio.run(_by_python(urls, seconds))


def _by_wrk(urls: list[str], seconds: float, script: Path) -> Load:
    paths = ",".join(f'"{urlsplit(url).path}?{urlsplit(url).query}"' for url in urls)
    script.write_text(
        f"local paths = {{{paths}}}\nlocal i = 0\n"
        'request = function() i = i % #paths + 1; return wrk.format("GET", paths[i]) end\n'
        "done = function(summary, latency) io.write(string.format("
        '"result %f %f %f %d\\n", summary.requests / summary.duration * 1e6,'
        " latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,"
        " summary.errors.status + summary.errors.timeout)) end\n"
    )
    parts = urlsplit(urls[0])
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds:.0f}s", "-s", str(script)]
    out = subprocess.run(
        [*command, f"http://{parts.netloc}"], check=True, capture_output=True, text=True
    ).stdout
    found = re.search(r"^result (\S+) (\S+) (\S+) (\d+)$", out, re.MULTILINE)
    if found is None or found[4] != "0":
        raise RuntimeError(f"wrk failed: {out}")
    return Load(*(float(found[i]) for i in (1, 2, 3)))


async def _by_python(urls: list[str], seconds: float) -> Load:
    parts = urlsplit(urls[0])
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def client(offset: int) -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        turn = offset
        while time.perf_counter() < end:
            url = urlsplit(urls[turn % len(urls)])
            turn += CLIENTS
            begin = time.perf_counter()
            writer.write(f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode())
            length = re.search(rb"content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            times.append(time.perf_counter() - begin)
        writer.close()

    await asyncio.gather(*(client(offset) for offset in range(CLIENTS)))
    return Load(len(times) / seconds, *(1e3 * float(np.percentile(times, p)) for p in (50, 99)))
