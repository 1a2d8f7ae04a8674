"""Every error that a caller meets, one tree, answered as RFC 9457 problem documents.

AppError                    500  carries status, code, and both languages' title and detail
├── NotFound                404  not there, or not for you: both look alike
├── MethodNotAllowed        405  the address is there, but not for this method
├── InvalidInput            422  the request was read and makes no sense; `errors` names the fields
├── BadRequest              400  the request could not be read
├── TooLarge                413  the body is over the limit
├── UnsupportedMedia        415  the body is not JSON
├── CursorTooOld            410  a feed's cursor lies before what is kept
├── Conflict                409  another change came first
└── NotReady                503  the server is starting or cannot reach its database
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.kit.problems import Language


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: its place in the request (`query.lat`), and why, in both languages."""

    field: str
    why: Words


class AppError(Exception):
    """The root; subclasses name a fact. `code` is stable: clients and help pages rest on it."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[Words] = Words("服务器出错了", "The server failed")
    detail: ClassVar[Words] = Words("不是你的问题，稍后再试。", "It is not your fault; try again later.")

    def __init__(self, detail: Words | None = None, errors: tuple[FieldError, ...] = ()) -> None:
        self.said = detail or self.detail
        self.errors = errors
        super().__init__(self.said.en)

    def problem(self, language: Language) -> dict[str, Any]:
        """The problem document in one language."""
        document: dict[str, Any] = {
            "type": f"/v1/problems/{self.code}",
            "title": self.title.say(language),
            "status": self.status,
            "detail": self.said.say(language),
            "code": self.code,
        }
        if self.errors:
            document["errors"] = [{"field": e.field, "message": e.why.say(language)} for e in self.errors]
        return document


class NotFound(AppError):
    """Not there, or not for this caller."""

    status = 404
    code = "not_found"
    title = Words("没有找到", "Not found")
    detail = Words("没有这一项，或已被删除。检查地址后再试。", "There is no such thing. Check the address.")


class MethodNotAllowed(AppError):
    """The address is there, but not for this method."""

    status = 405
    code = "method_not_allowed"
    title = Words("不支持这种请求方法", "Method not allowed")
    detail = Words(
        "这个地址不支持这种方法，Allow 头里写了支持哪些。",
        "The Allow header names the methods of this address.",
    )


class InvalidInput(AppError):
    """The request was read, but its values make no sense."""

    status = 422
    code = "invalid_input"
    title = Words("填写有误", "Invalid input")
    detail = Words("请求里有不对的值，errors 里写了是哪一项。", "Some values are wrong; errors names each.")


class BadRequest(AppError):
    """The request could not be read at all."""

    status = 400
    code = "bad_request"
    title = Words("请求读不懂", "Unreadable request")
    detail = Words("请求的格式不对，检查后再发。", "The request is malformed; check it and send it again.")


class TooLarge(AppError):
    """The body is over the limit."""

    status = 413
    code = "too_large"
    title = Words("内容太大", "Too large")
    detail = Words("内容超过了上限，分几次发。", "The body is over the limit; send it in parts.")


class UnsupportedMedia(AppError):
    """The body is not JSON."""

    status = 415
    code = "unsupported_media"
    title = Words("内容类型不对", "Unsupported media type")
    detail = Words("请求的内容要是 application/json。", "Send the body as application/json.")


class CursorTooOld(AppError):
    """A feed's cursor lies before what is kept."""

    status = 410
    code = "cursor_too_old"
    title = Words("进度太旧", "Cursor too old")
    detail = Words(
        "这个进度之前的变更已经清理。丢掉本地数据，不带 since 从头取。",
        "Changes before this cursor are gone. Drop what you hold and start without `since`.",
    )


class Conflict(AppError):
    """Another change came first."""

    status = 409
    code = "conflict"
    title = Words("有人先改了", "Conflict")
    detail = Words("别的改动先到，读取最新内容后再试。", "Another change came first; read again and retry.")


class NotReady(AppError):
    """The server is starting or cannot reach its database."""

    status = 503
    code = "not_ready"
    title = Words("服务器还没准备好", "Not ready")
    detail = Words("几秒后再试。", "Try again in a few seconds.")
