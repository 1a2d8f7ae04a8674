"""The house's routers: unknown parameters refused, bodies JSON, problems documented, answers with an ETag."""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.responses import Response

from app.core.errors import BadRequest, FieldError, InvalidInput, TooLarge, UnsupportedMedia, Words
from app.core.problems import responses
from app.kit.problems import field_name, reason

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Route(APIRoute):
    """A route that refuses what it does not know.

    An answer to GET without a `Cache-Control` of its own gets an ETag of its bytes: a caller that holds it
    already is sent 304. (Answers name the moment they judge, so no revision alone could be their tag.)
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        told = {**responses(InvalidInput), **(options.pop("responses", None) or {})}
        super().__init__(path, endpoint, responses=told, **options)
        if self.body_field:
            self.responses = {**responses(BadRequest, TooLarge, UnsupportedMedia), **self.responses}

    def get_route_handler(self) -> Handler:
        """The handler of one request, wrapped in the checks."""
        handle = super().get_route_handler()
        query = [each for each in get_flat_params(self.dependant) if isinstance(each.field_info, Query)]
        written = (self.openapi_extra or {}).get("parameters", ())
        known = {field.alias for field in query} | {p["name"] for p in written if p["in"] == "query"}
        has_body = self.body_field is not None
        reads = "GET" in (self.methods or ())

        async def checked(request: Request) -> Response:
            if request.scope["query_string"]:
                _refuse_unknown(request, known)
            if has_body and not _is_json(request.headers.get("content-type", "")):
                raise UnsupportedMedia
            response = await handle(request)
            if reads and response.status_code == 200 and "cache-control" not in response.headers:
                return _tagged(request, response)
            return response

        return checked


class Router(APIRouter):
    """An APIRouter whose routes are `Route`s."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=Route, **options)


def _refuse_unknown(request: Request, known: set[str]) -> None:
    names = [name for name, _ in request.query_params.multi_items()]
    if known.issuperset(names) and len(names) == len(set(names)):
        return
    wrong = {name: "unknown_parameter" for name in names if name not in known}
    wrong |= {name: "repeated_parameter" for name in names if name in known and names.count(name) > 1}
    raise InvalidInput(
        errors=tuple(
            FieldError(field_name(("query", name)), Words(*reason(kind, {})))
            for name, kind in list(wrong.items())[:20]
        )
    )


def _is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _tagged(request: Request, response: Response) -> Response:
    # Weak, since the same answer may travel compressed.
    tag = f'W/"{hashlib.blake2b(response.body, digest_size=12).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    held = request.headers.get("if-none-match", "")
    if held and (held.strip() == "*" or tag in [each.strip() for each in held.split(",")]):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
