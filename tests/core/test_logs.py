"""Lines of the log: JSON, one a line, an exception by its kind and place alone."""

import json
import subprocess
import sys

SCRIPT = """
import logging, structlog
from app.core import logs
logs.configure("warning")
structlog.get_logger("own").info("too small")
structlog.get_logger("own").warning("own", place="宿州", odd={1})
try:
    raise ValueError("13912345678")
except ValueError:
    logging.getLogger("library").exception("went wrong")
logging.getLogger("uvicorn.error").info("too small")
"""


def test_our_lines_and_those_of_libraries_have_one_form_and_quote_no_exception() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120
    )
    own, library = (json.loads(line) for line in ended.stderr.splitlines())
    assert (own["event"], own["level"], own["place"], own["odd"]) == ("own", "warning", "宿州", "{1}")
    assert (library["event"], library["level"], library["error"]) == ("went wrong", "error", "ValueError")
    assert library["where"] == ["<string>:8 <module>"]
    assert "13912345678" not in ended.stderr
    assert own["timestamp"].endswith("Z") and library["timestamp"].endswith("Z")
