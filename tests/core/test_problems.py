"""Failures as problem documents: stable codes, both languages, nothing echoed."""

import pytest
from fastapi.testclient import TestClient

from app.core.problems import all_errors
from app.kit.problems import field_name, language_of, reason


@pytest.fixture
def database() -> str:
    """One is enough: nothing here depends on the database."""
    return "sqlite"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.5,zh;q=0.9", "zh"),
        ("fr, en;q=0.2", "en"),
        ("fr", "zh"),
        ("en;q=x", "zh"),
        ("*", "zh"),
        (",;,;;q=,", "zh"),
    ],
)
def test_problems_speak_chinese_unless_english_is_preferred(
    client: TestClient, header: str | None, language: str
) -> None:
    answer = client.get("/v1/nope", headers={"accept-language": header or ""})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert answer.headers["vary"] == "Accept-Language"
    assert answer.json()["title"] == {"zh": "没有找到", "en": "Not found"}[language]
    assert language_of(header) == language


def test_a_problem_names_each_wrong_field_in_both_languages(client: TestClient) -> None:
    english = client.get("/v1/stations?limit=0&region=x", headers={"accept-language": "en"}).json()
    chinese = client.get("/v1/stations?limit=0&region=x").json()
    assert english["type"] == "/v1/problems/invalid_input" and english["status"] == 422
    assert english["errors"] == [
        {"field": "query.region", "message": "must be a division code of 6, 9 or 12 digits"},
        {"field": "query.limit", "message": "must be at least 1"},
    ]
    assert [e["message"] for e in chinese["errors"]] == ["要是 6、9 或 12 位区划代码", "不能小于 1"]


@pytest.mark.parametrize(
    ("address", "zh", "en"),
    [
        (
            "/nearest?lat=1&lon=1&open=x",
            "只能是 any、possible、certain 之一",
            "must be one of any, possible, certain",
        ),
        ("/nearest?lat=91&lon=1", "不能大于 90", "must be at most 90"),
        ("/nearest?lat=1&lon=1&max_m=0", "必须大于 0", "must be greater than 0"),
        ("?bbox=1,2", "要写成 西,南,东,北，单位是度", "must be west,south,east,north in degrees"),
        (
            "?region=1234567890123",
            "要是 6、9 或 12 位区划代码",
            "must be a division code of 6, 9 or 12 digits",
        ),
        ("?q=" + "a" * 101, "最多 100 个字符", "must have at most 100 characters"),
        ("?q=" + "a" * 201, "最多 100 个字符", "must have at most 100 characters"),
    ],
)
def test_a_message_says_in_plain_words_what_a_value_should_be(
    client: TestClient, address: str, zh: str, en: str
) -> None:
    for language, message in (("zh", zh), ("en", en)):
        answer = client.get(f"/v1/stations{address}", headers={"accept-language": language})
        assert [error["message"] for error in answer.json()["errors"]] == [message]


def test_a_wrong_value_is_not_echoed(client: TestClient) -> None:
    assert "13912345678" not in client.get("/v1/stations?limit=13912345678x").text


def test_an_unknown_parameter_is_refused_on_every_route_that_takes_none(client: TestClient) -> None:
    answer = client.get("/v1/services?colour=1")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "query.colour", "message": "没有这个参数"}]


def test_a_parameter_given_twice_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/stations?limit=1&limit=2")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "query.limit", "message": "只能给一次"}]


def test_every_code_is_explained_at_the_address_that_its_problem_names(client: TestClient) -> None:
    for code, error in all_errors().items():
        answer = client.get(error().problem("zh")["type"])
        assert answer.status_code == 200
        help_text = answer.json()
        assert help_text["code"] == code and help_text["status"] == error.status
        assert all(help_text[part][language] for part in ("title", "detail") for language in ("zh", "en"))


def test_two_errors_never_share_a_code() -> None:
    codes = [error.code for error in all_errors().values()]
    assert len(codes) == len({error.__name__ for error in all_errors().values()})


def test_a_code_never_given_out_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/problems/nonsense").json()["code"] == "not_found"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/v1/stations", "/v1/about", "/", "/assets/x.js"])
def test_a_method_that_a_route_does_not_have_is_405_and_told_which_it_has(
    client: TestClient, method: str, path: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.json()["code"] == "method_not_allowed"


def test_options_tells_the_methods(client: TestClient) -> None:
    answer = client.options("/v1/stations")
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "GET, HEAD", b"")


def test_head_answers_as_get_without_the_body(client: TestClient) -> None:
    get, head = client.get("/v1/services"), client.head("/v1/services")
    assert head.status_code == 200 and head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == get.headers["content-length"]


def test_a_field_that_the_caller_invented_comes_back_short_and_printable() -> None:
    assert field_name(("body", "a\ud800\u202eb" + "x" * 200)) == "body.a??b" + "x" * 91


def test_a_reason_is_given_even_for_a_kind_of_error_nobody_thought_of() -> None:
    assert reason("brand_new_error", {}) == ("值不对", "is not a right value")
    assert reason("int_parsing_size", {}) == ("必须是整数", "must be a whole number")
