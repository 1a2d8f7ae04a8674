"""The phone's own nearest code, run by Node on stations as the changes feed gives them."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

_NODE = Path(sys.executable).parent / "node"
_SCRIPT = Path(__file__).with_name("nearest_on_phone.mjs")


def follow(client: TestClient) -> list[dict[str, Any]]:
    """Every station of the server, by its changes feed."""
    kept: list[dict[str, Any]] = []
    since: dict[str, str] = {}
    while True:
        page = client.get("/v1/stations/changes", params={"limit": 1000, **since}).json()
        kept += [item["station"] for item in page["items"] if item["type"] == "upsert"]
        if not page["more"]:
            return kept
        since = {"since": page["next_cursor"]}


def answers(
    feed: list[dict[str, Any]], saved_at: datetime, questions: list[tuple[dict[str, Any], datetime]]
) -> list[dict[str, Any]]:
    """What the phone answers to each (query, its present moment), the feed saved at `saved_at`."""
    asked = [{"query": query, "now_ms": int(at.timestamp() * 1000)} for query, at in questions]
    given = {"feed": feed, "saved_ms": int(saved_at.timestamp() * 1000), "revision": 1, "questions": asked}
    done = subprocess.run(
        [_NODE, "--disable-warning=ExperimentalWarning", _SCRIPT],
        input=json.dumps(given),
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    result: list[dict[str, Any]] = json.loads(done.stdout)
    return result
