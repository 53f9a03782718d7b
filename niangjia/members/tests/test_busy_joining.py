"""Somebody else holds what the joining form needs: said kindly, nothing typed is lost, and the
form saves by itself once it can."""

import re

import pytest
from django.urls import reverse

from niangjia.core import transactions
from niangjia.members.models import Application
from niangjia.members.selectors.applications import draft_answers
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.joining import make_application
from niangjia.members.tests.test_met_transactions import impatient, other  # noqa: F401 - fixtures
from niangjia.members.tests.test_views_joining import form, path
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = "SELECT 1 FROM members_account FOR UPDATE"
WORDS = {
    "zh-hans": ("刚才没存上。你填的内容都还在", "这会儿操作的人有点多，请稍后再试。"),
    "en": ("What you typed is all here", "Many people are at this just now."),
}


@pytest.fixture
def busy(other, impatient, monkeypatch):  # noqa: F811
    """Holds every account until it is rolled back; nobody tries more than once."""
    monkeypatch.setattr(transactions, "TRIES", 1)

    def hold():
        other.execute(LOCK)
        return other

    return hold


@pytest.fixture
def union():
    return make_union()


@pytest.fixture
def draft(union):
    return reverse("members:join_draft", args=[union.number])


@pytest.fixture
def client(client):
    client.force_login(make_account())
    return client


@pytest.mark.parametrize("language", WORDS)
def test_a_draft_is_saved_a_little_later_by_itself(client, union, draft, busy, language):
    client.cookies["language"] = language
    client.post(draft, form(job="快递员"))
    held = busy()
    answer = client.post(draft, form(job="骑手", draft_version="1"))
    text = answer.content.decode()
    assert answer.status_code == 200, "else htmx would not show it"
    assert WORDS[language][0] in text
    assert 'name="draft_version" value="1"' in text
    assert "load delay:5s" in text
    assert path(union) + '"' not in text, "no way is offered that would lose what was typed"
    assert "overwrite" not in text
    held.rollback()
    again = re.search(r'hx-post="([^"]+)" hx-trigger="load', text)[1]
    assert "load delay" not in client.post(again, form(job="骑手", draft_version="1")).text
    assert draft_answers(Application.objects.get())["job"] == "骑手"


def test_what_was_to_overwrite_does_so_then_too(client, draft, busy):
    client.post(draft, form(job="这边"))
    held = busy()
    text = client.post(draft, form(job="那边", overwrite="yes")).text
    assert 'hx-vals=\'{"overwrite": "yes"}\'' in text
    held.rollback()
    client.post(draft, form(job="那边", overwrite="yes"))
    assert draft_answers(Application.objects.get())["job"] == "那边"


@pytest.mark.parametrize("language", WORDS)
def test_a_whole_form_comes_back_with_everything_in_it(client, union, busy, language):
    client.cookies["language"] = language
    held = busy()
    answer = client.post(path(union), form(job="骑手"))
    assert answer.status_code == 422
    assert WORDS[language][1] in answer.text
    assert 'value="骑手"' in answer.text
    assert 'value="买买提·艾力"' in answer.text
    held.rollback()
    assert client.post(path(union), form(job="骑手")).status_code == 302
    assert Application.objects.get().status == "submitted"


def test_while_an_application_waits_the_draft_leads_there(client, union, draft):
    account = make_application(union=union).account
    client.force_login(account)
    text = client.post(draft, form()).text
    assert "你有一件申请正在等待答复。" in text
    assert f'href="{reverse("members:mine")}"' in text
    assert "overwrite" not in text
