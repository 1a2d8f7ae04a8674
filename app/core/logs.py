"""Structured logs: one JSON object a line on standard error; never a position, a phone number, a query."""

import logging
import sys
from traceback import extract_tb
from types import TracebackType
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict

_NOISY = ("uvicorn", "uvicorn.error", "alembic", "sqlalchemy", "asyncio")


def configure(level: str) -> None:
    """Set up structlog and, for libraries, the standard library's logging with the same form."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        # The access log writes a line a request: orjson makes it cost half.
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_bytes)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: structlog.BytesLogger(sys.stderr.buffer),
        cache_logger_on_first_use=False,
    )
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False, default=repr)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_words,
                renderer,
            ],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(handlers=[handler], level=number, force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


def _without_words(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """An exception that a library logs: its kind and where it came from."""
    caught = line.pop("exc_info", None)
    if isinstance(caught, tuple) and caught[0] is not None:
        line.update(error=caught[0].__name__, where=where(caught[2]))
    return line


def _bytes(line: dict[str, Any], **_options: Any) -> bytes:
    return orjson.dumps(line, default=repr)


def where(trace: TracebackType | None) -> list[str]:
    """A traceback as places in the code, without the values that an exception's own text may quote."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)[-12:]]
