"""The API's description (OpenAPI), from which the page's types are made."""

from typing import Any

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
