"""The page's API types are those of the API as it stands."""

from tools.api_types import TYPES, generate


def test_the_committed_types_are_what_the_api_says() -> None:
    assert TYPES.read_text() == generate(), "run make types"
