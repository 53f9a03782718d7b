import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import include, path

from niangjia.core import errors, transactions
from niangjia.web.urls import (  # noqa: F401 - this module is a URLconf too
    handler400,
    handler403,
    handler404,
    handler500,
)

RAISED = {
    "missing": errors.NotFound("没有这样的工会。"),
    "conflict": errors.Conflict("另一位同事已经答复了。"),
    "busy": transactions.busy(),
    "late": errors.TooLate("已经过期。"),
    "forbidden": PermissionDenied(),
    "nowhere": Http404(),
    "bad": BadRequest(),
    "broken": RuntimeError("a secret of the machine"),
}


def raise_it(request, key):
    raise RAISED[key]


urlpatterns = [
    path("raise/<str:key>/", raise_it),
    path("form/", lambda request: HttpResponse("sent")),
    path("", include("niangjia.web.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize(
    ("key", "status", "words"),
    [
        ("missing", 404, "没有这样的工会。"),
        ("conflict", 409, "另一位同事已经答复了。"),
        ("busy", 409, "这会儿操作的人有点多"),
        ("busy", 409, "填的内容都还在"),
        ("late", 410, "已经过期。"),
        ("nowhere", 404, "没有这个页面"),
        ("bad", 400, "没有看懂这次请求"),
        ("broken", 500, "我们这边出了点问题"),
    ],
)
def test_what_went_wrong_is_said_kindly(key, status, words):
    answer = Client(raise_request_exception=False).get(f"/raise/{key}/")

    assert answer.status_code == status
    assert words in answer.text
    assert "回首页" in answer.text
    assert "secret" not in answer.text


def test_forbidden_answers_exactly_as_missing_does():
    browser = Client(raise_request_exception=False)

    forbidden, missing = browser.get("/raise/forbidden/"), browser.get("/raise/nowhere/")

    assert forbidden.status_code == missing.status_code == 404
    assert forbidden.content == missing.content


def test_the_page_for_a_broken_node_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client(raise_request_exception=False).get("/raise/broken/")

    assert answer.status_code == 500


def test_a_form_without_its_token_is_told_why():
    answer = Client(enforce_csrf_checks=True).post("/form/")

    assert answer.status_code == 403
    assert "这个页面开得太久了" in answer.text


def test_the_switches_need_no_token():
    browser = Client(enforce_csrf_checks=True)

    assert browser.post("/display/", {"elder": "on"}).status_code == 302
    assert browser.post("/language/", {"language": "en"}).status_code == 302


def test_under_api_the_same_is_said_to_machines():
    answer = Client().get("/api/nowhere")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404
