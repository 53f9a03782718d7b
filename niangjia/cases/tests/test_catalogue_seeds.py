"""The national documents in a node: brought once, a keeper's are left alone, places vary them."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection

from niangjia.cases import services
from niangjia.cases.models import ItemSnapshot, ItemVersion, ServiceItem, VersionState
from niangjia.cases.rules.content import read
from niangjia.cases.selectors import access_offered, document_of, list_offered
from niangjia.cases.services import Asking, Matter, catalogue
from niangjia.cases.tests.factories import end_step, fresh, make_officer
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.joining import MONDAY, make_chain, make_membership
from niangjia.organisations.models import Union

no_survey = import_module("niangjia.cases.migrations.0024_no_survey")
pytestmark = pytest.mark.django_db

ANSWERS = {
    "cause": "illness",
    "illness": "尿毒症",
    "people": 3,
    "income_each": 700,
    "receives_allowance": False,
    "homes": 1,
    "has_business": False,
    "has_car": False,
    "situation": "爱人每周透析三次，我一个人上班，房租和药费都要付。",
    "address": "城西街道桥头路12号",
    "phone": "13800000000",
    "notice_consent": True,
    "sensitive_consent": True,
}


@pytest.fixture(scope="module")
def made_chain(kept):
    """The country, a province, a county and a grassroots union, with the national catalogue."""
    province, _city, county, grassroots = make_chain()
    root = Union.objects.get(depth=0)
    services.seed_catalogue(root=root, now=MONDAY)
    return root, province, county, grassroots


def change(monkeypatch, key, **fields):
    """The next release of this software says something else of an item."""
    newer = [
        {**document, **fields} if document["key"] == key else document
        for document in catalogue.seeds()
    ]
    monkeypatch.setattr(catalogue, "seeds", lambda: newer)


def ask(union, now=MONDAY, **answers):
    account = make_membership(union=union).person.account
    return services.open_case(
        matter=Matter("hardship-aid", union, {**ANSWERS, **answers}),
        asking=Asking(account=account, person=account.person),
        now=now,
    ).case


def test_bringing_the_documents_twice_is_bringing_them_once(chain):
    count = len(catalogue.seeds())
    assert ServiceItem.objects.count() == ItemVersion.objects.count() == count
    assert services.seed_catalogue(root=chain[0], now=MONDAY) == 0
    assert ItemVersion.objects.count() == count


def test_they_are_offered_everywhere_in_one_query(chain, django_assert_num_queries):
    with django_assert_num_queries(1):
        offered = list_offered(chain[3])
    every = {document["key"] for document in catalogue.seeds()}
    assert {each.item.key for each in offered} == every - {"labour-law-supervision"}


def test_what_a_document_said_of_a_survey_is_gone_and_cases_under_it_are_read(chain):
    case = ask(chain[3])
    for row in (case.snapshot, ItemVersion.objects.get(item=case.item, union=chain[0])):
        row.content = {**row.content, "survey": {"call_back": True}}
        row.save()
        with pytest.raises(Invalid):
            read(row.content)
    for statement in (no_survey.VERSIONS, no_survey.SNAPSHOTS):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    for row in (ItemSnapshot.objects.get(), ItemVersion.objects.get(item=case.item)):
        assert read(row.content).key == "hardship-aid"


def test_newer_software_brings_newer_documents(chain, monkeypatch):
    change(monkeypatch, "suggestion", promised_term={"days": 7})
    assert services.seed_catalogue(root=chain[0], now=MONDAY) == 1
    assert access_offered("suggestion", chain[3]).document.promised_term.days == 7
    assert services.seed_catalogue(root=chain[0], now=MONDAY) == 0


def keepers(chain, **fields):
    """A keeper's own draft of the suggestion."""
    document = next(d for d in catalogue.seeds() if d["key"] == "suggestion")
    return services.draft_item(
        union=chain[0],
        key="suggestion",
        document={**document, **fields},
        by=make_account(),
        now=MONDAY,
    )


def test_what_a_keeper_published_stays(chain, monkeypatch):
    draft = keepers(chain, promised_term={"days": 9})
    services.publish_item(version=draft, by=make_account(), now=MONDAY)
    change(monkeypatch, "suggestion", promised_term={"days": 7})
    assert services.seed_catalogue(root=chain[0], now=MONDAY) == 0
    assert access_offered("suggestion", chain[3]).document.promised_term.days == 9


def test_what_a_keeper_is_drafting_is_not_written_over(chain, monkeypatch):
    draft = keepers(chain, promised_term={"days": 9})
    change(monkeypatch, "suggestion", promised_term={"days": 7})
    assert services.seed_catalogue(root=chain[0], now=MONDAY) == 0
    draft.refresh_from_db()
    assert (draft.state, draft.content["promised_term"]) == (VersionState.DRAFT, {"days": 9})


def test_what_a_keeper_retired_does_not_come_back(chain, monkeypatch):
    version = ItemVersion.objects.get(item__key="suggestion")
    services.retire_item(version=version, by=make_account(), now=MONDAY)
    change(monkeypatch, "suggestion", promised_term={"days": 7})
    assert services.seed_catalogue(root=chain[0], now=MONDAY) == 0
    assert "suggestion" not in {offered.item.key for offered in list_offered(chain[3])}


def vary(union, **document):
    draft = services.draft_item(
        union=union, key="hardship-aid", document=document, by=make_account(), now=MONDAY
    )
    return services.publish_item(version=draft, by=make_account(), now=MONDAY)


def test_a_place_sets_its_own_standard_and_promises_more(chain):
    vary(chain[1], parameters={"minimum_living_standard": 1100})
    vary(chain[2], parameters={"relative_limit": 1800}, promised_term={"days": 26})
    below = access_offered("hardship-aid", chain[3]).document
    assert below.parameters["minimum_living_standard"] == 1100
    assert below.parameters["relative_limit"] == 1800
    assert below.unset == ["sudden_limit"]
    assert below.promised_term.days == 26
    assert access_offered("hardship-aid", chain[1]).document.promised_term.days == 30


def test_a_parameter_nothing_reads_is_refused(chain):
    with pytest.raises(Invalid, match="minimum_living_standart"):
        vary(chain[1], parameters={"minimum_living_standart": 1100})


def test_a_case_keeps_what_held_when_it_began(chain):
    before = ask(chain[3])
    vary(chain[2], promised_term={"days": 26})
    after = ask(chain[3])
    assert document_of(before.snapshot_id).promised_term.days == 30
    assert document_of(after.snapshot_id).promised_term.days == 26
    assert after.due_at < before.due_at
    assert ItemSnapshot.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("illness", {"illness": None}),
        ("sensitive_consent", {"sensitive_consent": False}),
        ("notice_consent", {"notice_consent": None}),
        ("event_date", {"cause": "event", "event": "家里失火了", "event_date": "2026-02-30"}),
        ("event_date", {"cause": "event", "event": "家里失火了"}),
    ],
)
def test_what_does_not_fit_is_said_beside_the_question(chain, field, changes):
    answers = {k: v for k, v in {**ANSWERS, **changes}.items() if v is not None}
    with pytest.raises(Invalid) as refused:
        services.open_case(
            matter=Matter("hardship-aid", chain[3], answers),
            asking=Asking(
                account=(account := make_membership(union=chain[3]).person.account),
                person=account.person,
            ),
            now=MONDAY,
        )
    assert list(refused.value.fields) == [field]


def step(case, by, key, outcome, now, **answers):
    end_step(
        case, by, key, outcome, words="情况属实，两位同志一起上门看过。", answers=answers, now=now
    )
    return fresh(case)


def test_hardship_aid_from_the_visit_to_the_year_of_aid(chain):
    below, above = make_officer(chain[3]), make_officer(chain[2])
    day = lambda n: MONDAY + dt.timedelta(days=n)  # noqa: E731
    case = ask(chain[3])
    visit = {
        **{"visited_on": "2026-11-24", "visitors": "李敏、周强", "people_seen": 3},
        **{"income_seen": 700, "checks": ["papers", "home"], "grade": "relative"},
    }
    with pytest.raises(Invalid):
        step(case, below, "visit", "visited", day(1), **visit)
    case = step(
        case, below, "visit", "visited", day(1), **visit, findings="与申请所述一致，家具简单。"
    )
    case = step(case, below, "check", "passed", day(2))
    # Nobody objects for five working days: the clock itself sends it up.
    services.sweep(now=case.next_due_at - dt.timedelta(minutes=1))
    case = fresh(case)
    assert case.step == "notice"
    services.sweep(now=case.next_due_at)
    case = fresh(case)
    assert (case.step, case.handler) == ("approval", chain[2])
    now = case.next_due_at - dt.timedelta(days=1)
    case = step(case, above, "approval", "approved", now, grade="relative", plan="每季度帮扶一次。")
    assert (case.step, case.handler) == ("file", chain[3])
    promised = case.due_at
    case = step(case, below, "file", "filed", now, file_number="2026-0031", contact_officer="李敏")
    # What was promised is kept; the year that follows has a term of its own.
    assert case.step == "aid-1"
    assert case.due_at > promised + dt.timedelta(days=300)
    assert case.next_due_at < now + dt.timedelta(days=100)
    assert case.breaches == 0


def test_without_a_term_of_its_own_the_year_of_aid_would_be_late(chain, monkeypatch):
    """The control: the guard taken out, a promise that was kept is broken a month later."""
    monkeypatch.setattr("niangjia.cases.services.timing.give_term", lambda *a: None)
    below = make_officer(chain[3])
    case = ask(chain[3])
    with monkeypatch.context() as patched:
        patched.setattr("niangjia.cases.services.stepping.check_step", at("file"))
        step(case, below, "visit", "filed", MONDAY, file_number="2026-0031", contact_officer="李敏")
    assert fresh(case).step == "aid-1"
    assert fresh(case).due_at < clock.now() + dt.timedelta(days=60)


def at(key):
    """As if the case had come to the step `key`."""
    return lambda case, document, step: document.step(key)


def test_who_asks_for_papers_need_not_have_visited(chain):
    case = step(ask(chain[3]), make_officer(chain[3]), "visit", "incomplete", MONDAY)
    assert case.step == "supplement"
