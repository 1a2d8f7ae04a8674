"""One vocabulary: the page calls services and kinds of places what the API calls them."""

import re
from pathlib import Path

from app.stations.models import ServiceKind, StationKind
from app.stations.vocabulary import KINDS, SERVICES, kind_of, service_of

PAGE = Path(__file__).parents[2] / "pwa"


def words_of_the_page(language: str, block: str) -> dict[str, str]:
    text = (PAGE / "src" / "shared" / "words" / f"{language}.ts").read_text()
    [body] = re.findall(rf"^  {block}: \{{\n(.*?)^  \}}", text, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r'^    (\w+): "([^"]+)"', body, re.MULTILINE))


def test_every_code_has_its_words() -> None:
    assert list(SERVICES) == list(ServiceKind)
    assert list(KINDS) == list(StationKind)


def test_the_page_and_the_api_say_the_same_words_in_chinese() -> None:
    assert words_of_the_page("zh", "service") == {kind.value: word.zh for kind, word in SERVICES.items()}
    assert words_of_the_page("zh", "kind") == {kind.value: word.zh for kind, word in KINDS.items()}


def test_the_page_has_an_english_word_for_every_code() -> None:
    # They may be shorter than the API's: a chip is narrow.
    assert set(words_of_the_page("en", "service")) == {kind.value for kind in SERVICES}
    assert set(words_of_the_page("en", "kind")) == {kind.value for kind in KINDS}


def test_every_word_finds_its_code() -> None:
    for service, word in SERVICES.items():
        assert {service_of(said) for said in (service.value, word.zh, word.en)} == {service}
    for kind, word in KINDS.items():
        assert {kind_of(said) for said in (kind.value, word.zh, word.en)} == {kind}


def test_an_unknown_word_finds_nothing() -> None:
    assert (service_of("飞行"), kind_of("城堡")) == (None, None)


def test_every_icon_exists() -> None:
    icons = PAGE / "node_modules" / "lucide-static" / "icons"
    used = {word.icon for word in (*SERVICES.values(), *KINDS.values())}
    assert {name for name in used if not (icons / f"{name}.svg").is_file()} == set()
