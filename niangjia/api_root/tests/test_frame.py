"""The API's frame: one way of answering, whatever is asked."""

import json

import pytest

from niangjia.api_root import problems
from niangjia.api_root.api import api
from niangjia.core.edge.problems import CONTENT_TYPE
from niangjia.regions.models import Division

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    return Division.objects.create(
        code="100000",
        name="中国",
        short_name="中国",
        level=0,
        path="100000/",
        pinyin="zhongguo",
        initials="zg",
    )


@pytest.fixture
def ask(client):
    client.raise_request_exception = False

    def send(method, address, body=None, **headers):
        content = {} if body is None else {"data": body, "content_type": "application/json"}
        return client.generic(method.upper(), f"/api/v1/{address}", headers=headers, **content)

    return send


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "nowhere", 404, "not-found"),
        ("post", "nowhere", 404, "not-found"),
        ("get", "divisions/999999", 404, "not-found"),
        ("get", "divisions/abc", 422, "invalid"),
        ("get", "divisions/match?text=%00", 422, "bad-character"),
        ("get", "divisions/a%00b", 404, "not-found"),
        ("post", "divisions", 405, "method-not-allowed"),
        ("delete", "openapi.json", 405, "method-not-allowed"),
    ],
)
def test_every_refusal_is_a_problem(ask, method, address, status, code):
    response = ask(method, address)
    assert (response.status_code, response["Content-Type"]) == (status, CONTENT_TYPE)
    body = response.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["request_id"] == response["X-Request-ID"]
    assert body["detail"]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (("body", "payload", "identity", "name"), "identity.name"),
        (("body", "payload", "places", 2, "code"), "places.2.code"),
        (("body", "payload"), "body"),
        (("query", "near"), "near"),
        (("path", "number"), "number"),
    ],
)
def test_a_wrong_field_is_named_as_it_was_sent(place, name):
    assert problems.named(place) == name


def test_chinese_is_sent_as_it_is_read(ask, country):
    assert '"中国"' in ask("get", "divisions/100000").content.decode()


def test_who_may_not_and_what_is_not_there_are_told_the_same(ask):
    bodies = [ask("get", address).json() for address in ("nowhere", "elsewhere/1")]
    for body in bodies:
        del body["request_id"]
    assert bodies[0] == bodies[1]


def test_people_read_problems_in_their_language(ask):
    assert ask("get", "nowhere").json()["detail"] == "这里没有你要找的内容。"
    english = ask("get", "nowhere", **{"Accept-Language": "en"}).json()
    assert english["detail"] == "There is no such thing here."


def test_a_method_that_is_not_taken_is_answered_with_those_that_are(ask):
    response = ask("put", "divisions")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_options_says_the_same_without_a_body(ask):
    response = ask("options", "divisions")
    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_head_is_get_without_its_body(ask, country):
    get, head = ask("get", "divisions/100000"), ask("head", "divisions/100000")
    assert head.status_code == 200
    assert head.content == b""
    assert int(head["Content-Length"]) == len(get.content)


def test_divisions_are_listed_shown_and_matched(ask, country):
    Division.objects.create(
        code="330000",
        name="浙江省",
        short_name="浙江",
        level=1,
        parent=country,
        path="100000/330000/",
        pinyin="zhejiang",
        initials="zj",
        longitude=120.1,
        latitude=30.2,
    )
    (item,) = ask("get", "divisions").json()["items"]
    assert (item["code"], item["parent"], item["name"]) == ("330000", "100000", "浙江省")
    shown = ask("get", "divisions/330000").json()
    assert [above["code"] for above in shown["above"]] == ["100000"]
    assert ask("get", "divisions/match?text=浙江").json()["division"]["code"] == "330000"


def test_one_address_may_not_ask_without_end(ask, settings):
    settings.NIANGJIA_API_REQUESTS_PER_MINUTE = 3
    statuses = [ask("get", "divisions").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    response = ask("get", "divisions")
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response.json()["code"] == "throttled"


class TestDocument:
    def test_it_is_openapi_3_1_and_names_problems_on_every_operation(self, ask):
        schema = ask("get", "openapi.json").json()
        assert schema["openapi"].startswith("3.1.")
        operations = [one for path in schema["paths"].values() for one in path.values()]
        assert operations
        assert all("4XX" in one["responses"] for one in operations)
        ids = [one["operationId"] for one in operations]
        assert len(ids) == len(set(ids))

    def test_every_write_takes_an_idempotency_key(self):
        for path in api.get_openapi_schema()["paths"].values():
            for method, operation in path.items():
                names = [parameter["name"] for parameter in operation["parameters"]]
                assert ("Idempotency-Key" in names) == (method != "get")

    def test_everything_that_is_not_public_says_how_to_sign_in(self):
        schema = api.get_openapi_schema()
        secured = [
            operation["security"]
            for path in schema["paths"].values()
            for operation in path.values()
            if "security" in operation
        ]
        for ways in secured:
            assert {name for way in ways for name in way} <= set(
                schema["components"]["securitySchemes"]
            )

    def test_the_page_lists_every_operation_and_runs_no_script_of_its_own(
        self, client, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            page = client.get("/api/v1/docs")
        text = page.content.decode()
        for address, methods in api.get_openapi_schema()["paths"].items():
            assert address in text
            assert all(operation["operationId"] in text for operation in methods.values())
        assert "unsafe-inline" not in page["Content-Security-Policy"]
        assert "cdn" not in text

    def test_the_root_says_where_to_begin(self, ask):
        assert ask("get", "").json()["openapi"] == "/api/v1/openapi.json"


@pytest.mark.parametrize(
    "body",
    [
        '{"a": "\\u0000"}',
        '{"a": "\\ud800"}',
        '["\\udfff"]',
        '{"\\u0000": 1}',
        "NaN",
        '{"a": Infinity}',
        "1e999",
        "{",
        "[" * 100_000,
        "9" * 5_000,
        "\xff",
    ],
)
def test_a_body_that_cannot_be_kept_is_refused(body):
    from django.test import RequestFactory

    from niangjia.api_root.parsing import StrictParser
    from niangjia.core.errors import Invalid

    request = RequestFactory().post(
        "/", data=body.encode("latin-1"), content_type="application/json"
    )
    with pytest.raises(Invalid):
        StrictParser().parse_body(request)


def test_control_a_body_that_can_be_kept_is_read():
    from django.test import RequestFactory

    from niangjia.api_root.parsing import StrictParser

    value = {"名": ["😀", 1, 1.5, None, True]}
    request = RequestFactory().post("/", json.dumps(value), content_type="application/json")
    assert StrictParser().parse_body(request) == value
