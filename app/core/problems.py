"""Every failure as a problem document (RFC 9457): handlers for the app, words for its OpenAPI document."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from app.core.errors import (
    AppError,
    BadRequest,
    FieldError,
    InvalidInput,
    MethodNotAllowed,
    NotFound,
    NotReady,
    TooLarge,
    UnsupportedMedia,
    Words,
)
from app.kit.problems import field_name, language_of, reason

MEDIA_TYPE = "application/problem+json"
_BY_STATUS: dict[int, type[AppError]] = {
    error.status: error
    for error in (BadRequest, NotFound, MethodNotAllowed, TooLarge, UnsupportedMedia, InvalidInput, NotReady)
}


class FieldProblem(BaseModel):
    """What is wrong with one value."""

    field: str = Field(description="Its place in the request, e.g. `query.lat`")
    message: str


class Problem(BaseModel):
    """A failure (RFC 9457); `code` is stable, the texts are in the language of Accept-Language (zh, en)."""

    type: str = Field(description="Address of the explanation of this code")
    title: str
    status: int
    detail: str = Field(description="What to do next")
    code: str
    errors: list[FieldProblem] | None = Field(None, description="The wrong values, where values are wrong")


class ProblemResponse(JSONResponse):
    """A problem document as an answer."""

    media_type = MEDIA_TYPE


def all_errors() -> dict[str, type[AppError]]:
    """Every kind of error by its code, those of features included."""
    found: dict[str, type[AppError]] = {}
    waiting: list[type[AppError]] = [AppError]
    while waiting:
        error = waiting.pop()
        found[error.code] = error
        waiting += error.__subclasses__()
    return dict(sorted(found.items()))


def answer(error: AppError, accept_language: str | None) -> Response:
    """The error as an answer in the language asked for."""
    language = language_of(accept_language)
    headers = {"content-language": language, "vary": "Accept-Language", "cache-control": "no-store"}
    if isinstance(error, NotReady):
        headers["retry-after"] = "2"
    return ProblemResponse(error.problem(language), error.status, headers)


def responses(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """These errors for a route's `responses`: each status with the problem document."""
    told: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        said = told.get(error.status, {}).get("description")
        told[error.status] = {
            "description": f"{said} | {error.code}"
            if said
            else f"{HTTPStatus(error.status).phrase}: {error.code}",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return told


def invalid(field: str, kind: str, **context: Any) -> InvalidInput:
    """One wrong value that no schema caught, e.g. `invalid("query.cursor", "bad_cursor")`."""
    return InvalidInput(errors=(FieldError(field, Words(*reason(kind, context))),))


def _from_validation(error: RequestValidationError) -> InvalidInput:
    # The wrong value itself is left out: it may be personal, and NaN or a lone surrogate cannot be sent.
    return InvalidInput(
        errors=tuple(
            FieldError(field_name(wrong["loc"]), Words(*reason(wrong["type"], wrong.get("ctx", {}))))
            for wrong in error.errors()[:20]
        )
    )


async def _handle(request: Request, error: Exception) -> Response:
    language = request.headers.get("accept-language")
    if isinstance(error, AppError):
        return answer(error, language)
    if isinstance(error, RequestValidationError):
        return answer(_from_validation(error), language)
    assert isinstance(error, HTTPException)
    allow = (error.headers or {}).get("Allow", "")
    if "GET" in allow:
        allow += ", HEAD"
    if error.status_code == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers={"allow": allow})
    response = answer(_BY_STATUS.get(error.status_code, AppError)(), language)
    if allow:
        response.headers["allow"] = allow
    return response


def install(app: FastAPI) -> None:
    """Let the app answer every error with a problem document."""
    for kind in (AppError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _handle)
