"""From the text somebody wrote to rules: tidied if need be, put in canonical form, taken apart; cached."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.kit.hours.engine import canonical
from app.kit.hours.rules import NotUnderstoodError, Rule, split
from app.kit.hours.text import normalise

LONGEST_TEXT: Final = 500
"""Characters; a longer text is not read."""

_STATE_AND_COMMENT: Final = re.compile(r'\s*(\b(?:open|closed|off|unknown)\s*)?("[^"]*")', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """The rules of a text, or why there are none: `too_long` or `not_understood`."""

    rules: tuple[Rule, ...]
    problem: str | None

    @property
    def names_holidays(self) -> bool:
        """Whether a rule names PH or SH, so that holidays and make-up days count."""
        parts = (rule.weekdays for rule in self.rules)
        return any(part is not None and (part.holidays or part.school) for part in parts)


@lru_cache(maxsize=32768)
def read(text: str) -> Read:
    """Read one text that is not blank. Never raises."""
    if len(text) > LONGEST_TEXT:
        return Read((), "too_long")
    # What is in the grammar already is left as it is; only the rest is tidied.
    written = canonical(_comments_mean_unknown(text)) or canonical(_comments_mean_unknown(normalise(text)))
    if written is None:
        return Read((), "not_understood")
    try:
        return Read(tuple(split(written)), None)
    except NotUnderstoodError:
        return Read((), "not_understood")


def follows_the_sun(text: str | None) -> bool:
    """Whether the hours depend on sunrise or sunset, and so on the place."""
    return text is not None and any(
        point is not None and point.event is not None
        for rule in read(text).rules
        for times in rule.times
        for point in (times.start, times.end)
    )


def _comments_mean_unknown(text: str) -> str:
    """A comment without a state ("by appointment") means unknown in the grammar; the engine says open."""
    return _STATE_AND_COMMENT.sub(lambda match: match[0] if match[1] else f" unknown {match[2]}", text)
