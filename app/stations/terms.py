"""The words that places are found by: one and two characters of names, aliases and pinyin initials.

Neither database's own text index finds a word of two Chinese characters: decision 0006.
"""

import unicodedata
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import col

from app.kit.pinyin import initials
from app.stations.models import Station, StationTerm

_MOST_GRAMS = 12
"""Enough of a question's pairs to leave a handful of candidates; the text itself decides."""


def fold(text: str) -> str:
    """Text as it is compared: full-width as half-width, without case, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def search_text(name: str | None, aliases: Iterable[str]) -> str:
    """Name, aliases and their pinyin initials, folded, one a line, each once; at most 2,000 characters."""
    names = [each for each in (name, *aliases) if each]
    lines = dict.fromkeys([*map(fold, names), *(initials(each) for each in names)])
    return "\n".join(line for line in lines if line)[:2000]


def grams(text: str) -> set[str]:
    """Every one and two characters that stand together in a word of the text."""
    words = text.split()
    return {char for word in words for char in word} | {
        word[i : i + 2] for word in words for i in range(len(word) - 1)
    }


def matching(question: str) -> sa.Select[str]:
    """The ids of places, deleted ones too, whose search text holds every word of the question.

    A question without words matches nothing.
    """
    words = fold(question).split()
    ids = sa.select(col(Station.id))
    if not words:
        return ids.where(sa.false())
    # A pair says more than its characters; the shortest index entry decides for words of one.
    wanted = sorted({g for word in words for g in grams(word) if len(g) == min(len(word), 2)})[:_MOST_GRAMS]
    candidates = (
        sa.select(col(StationTerm.station_id))
        .where(col(StationTerm.term).in_(wanted))
        .group_by(col(StationTerm.station_id))
        .having(sa.func.count() == len(wanted))
    )
    holds = [col(Station.search_text).contains(word, autoescape=True) for word in words]
    return ids.where(col(Station.id).in_(candidates), *holds)
