"""The API's description (OpenAPI): `python -m app.openapi` prints it; the page's types are made from it."""

import sys
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.core.problems import Problem

_ABOUT = (
    "Nearest stations for couriers and food-delivery riders, their catalogue and its changes. "
    "Positions are WGS-84 degrees, moments UTC with Z. Failures are problem documents (RFC 9457) "
    "in Chinese, or in English where Accept-Language prefers it."
)


def describe(app: FastAPI) -> None:
    """Let `app.openapi()` answer with our description."""

    def openapi() -> dict[str, Any]:
        if not app.openapi_schema:
            document = get_openapi(
                title=app.title, version=app.version, description=_ABOUT, routes=app.routes
            )
            schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            parts = document.setdefault("components", {}).setdefault("schemas", {})
            parts |= {**schema.pop("$defs", {}), "Problem": schema}
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def main() -> None:
    """Print the description of the whole API, keys sorted, so that it differs only where the API does."""
    from app.core.settings import Settings
    from app.main import create_app

    app = create_app(Settings(database_url="sqlite:///:memory:", log_level="error"))
    sys.stdout.buffer.write(
        orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"
    )


if __name__ == "__main__":
    main()
