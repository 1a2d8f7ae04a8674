"""The one text type: NFC, one line or several, free of what breaks databases, terminals and readers."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

# Surrogates cannot be encoded; controls and NUL break logs and databases; bidi marks disguise text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LINE_ENDS = re.compile(r"[\t\n\r\u2028\u2029]")


def clean(text: str) -> str:
    """NFC with outer space removed. Raises ValueError for characters that text may not hold."""
    if _FORBIDDEN.search(text):
        raise PydanticCustomError("text_characters", "holds characters that text may not hold")
    return unicodedata.normalize("NFC", text).strip()


def _one_line(text: str) -> str:
    if _LINE_ENDS.search(text):
        raise PydanticCustomError("text_lines", "must be one line")
    return text


def _clean_if_text(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


Line = Annotated[
    str, StringConstraints(max_length=200), BeforeValidator(_clean_if_text), AfterValidator(_one_line)
]
"""One clean line of at most 200 characters."""

Phrase = Annotated[
    str, StringConstraints(max_length=100), BeforeValidator(_clean_if_text), AfterValidator(_one_line)
]
"""One clean line of at most 100 characters: what is searched for."""

Paragraph = Annotated[str, StringConstraints(max_length=2000), BeforeValidator(_clean_if_text)]
"""Clean text of at most 2,000 characters, line ends allowed."""
