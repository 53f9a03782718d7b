"""Conditions, for one person and for a whole union, and that the two agree."""

import datetime as dt
import json

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client

from niangjia.cases.models import CaseDraft
from niangjia.cases.rules.content import Item
from niangjia.cases.rules.eligibility import Answer, asked_about, outlook, program
from niangjia.cases.rules.eligibility_script import script_of
from niangjia.cases.rules.eligibility_sql import could_be_helped
from niangjia.cases.selectors import access_offered
from niangjia.cases.selectors.reaching_out import facts_about, list_who_could_be_helped
from niangjia.cases.tests.factories import AID, make_case, make_officer, publish, text
from niangjia.core import clock, protection
from niangjia.members.models import Membership
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("when", "script"),
    [
        ("answers.kind == 'money'", ["is", "kind", "money"]),
        ("'childcare' in answers.services", ["is", "services", "childcare"]),
        ("!answers.has_file", ["not", ["is", "has_file", "yes"]]),
        (
            "3 <= answers.n && (answers.a != 'x' || answers.b == false)",
            ["and", [">=", "n", 3.0], ["or", ["is not", "a", "x"], ["is", "b", "no"]]],
        ),
        ("person.age > 3", None),
        ("size(answers.services) > 2", None),
        ("answers.a == answers.b", None),
    ],
)
def test_what_a_page_can_work_out_and_what_it_leaves_to_the_server(when, script):
    assert script_of(when) == script


def item(*conditions, **parameters):
    return Item.model_validate(
        {
            **AID,
            "parameters": parameters,
            "eligibility": [
                {"key": f"c{n}", "when": when, "text": text(when), "basis": text("依据")}
                for n, when in enumerate(conditions)
            ],
        }
    )


@pytest.mark.parametrize(
    ("when", "person", "answers", "answer"),
    [
        ("person.is_member", {"is_member": True}, {}, Answer.HOLDS),
        ("person.is_member", {"is_member": False}, {}, Answer.FAILS),
        ("person.age >= 18", {}, {}, Answer.OPEN),
        ("answers.income < settings.line", {}, {"income": 999.5}, Answer.HOLDS),
        ("answers.income < settings.line", {}, {"income": 1000}, Answer.FAILS),
        ("answers.income < settings.line || person.is_member", {"is_member": True}, {}, "holds"),
        ("answers.cause in ['illness', 'schooling']", {}, {"cause": "illness"}, Answer.HOLDS),
        ("!answers.has_car", {}, {"has_car": True}, Answer.FAILS),
        ("has(answers.note) && answers.note == 'x'", {}, {}, Answer.FAILS),
        ("60 > person.age && answers.homes == 2", {"age": 59}, {"homes": 2}, Answer.HOLDS),
        ("answers.income < settings.line * 1.5", {}, {"income": 1499}, Answer.HOLDS),
        ("'a' in answers.kinds", {}, {"kinds": ["b", "a"]}, Answer.HOLDS),
    ],
)
def test_one_condition(when, person, answers, answer):
    found = outlook(item(when, line=1000), person=person, answers=answers, today=TODAY)
    assert found.answer == answer


@pytest.mark.parametrize(
    ("when", "day", "answer"),
    [
        ("days.on_day <= 365", "2025-11-23", Answer.HOLDS),
        ("days.on_day <= 365", "2025-11-22", Answer.FAILS),
        ("months.on_day >= 18", "2025-05-23", Answer.HOLDS),
        ("months.on_day >= 18", "2025-05-24", Answer.FAILS),
        ("days.on_day < 0", "2026-11-24", Answer.HOLDS),
        ("days.on_day < 0", None, Answer.OPEN),
    ],
)
def test_nobody_has_to_count_days(when, day, answer):
    asked = item(when)
    asked.form.schema_["properties"]["on_day"] = {"type": "string", "format": "date"}
    answers = {"on_day": day} if day else {}
    assert asked_about(asked) == {"on_day"}
    assert outlook(asked, person={}, answers=answers, today=TODAY).answer == answer


def test_one_that_fails_outweighs_what_is_open():
    asked = item("person.is_member", "answers.income < settings.line", line=1000)
    assert (
        outlook(asked, person={"is_member": False}, answers={}, today=TODAY).answer == Answer.FAILS
    )
    assert outlook(asked, person={"is_member": True}, answers={}, today=TODAY).answer == Answer.OPEN
    assert outlook(item(), person={}, answers={}, today=TODAY).answer == Answer.HOLDS


@pytest.mark.parametrize("text_", ["person.age >=", "account.phone == '1'", "1 +"])
def test_what_is_no_condition_is_refused(text_):
    with pytest.raises(ValueError, match=r"expression|speaks"):
        program(text_)


def test_the_questions_that_matter_are_known():
    asked = item("answers.income < settings.line && !answers.has_car", "person.is_member", line=1)
    assert asked_about(asked) == {"income", "has_car"}


PEOPLE = [
    {"birth_date": TODAY - relativedelta(years=years, days=days), "gender": gender}
    for years in (17, 18, 35, 60)
    for days in (0, 200)
    for gender in ("male", "female")
] + [{"birth_date": None, "gender": ""}]
CONDITIONS = [
    "person.age >= 18",
    "person.age > 18",
    "person.age < 35",
    "person.age <= 35",
    "60 > person.age",
    "!(person.age >= settings.old)",
    "person.gender == 'female'",
    "person.gender != 'female'",
    "person.is_member && person.months_a_member >= 6",
    "!person.is_member || person.age >= 35",
    "person.age >= 18 && (person.gender == 'female' || answers.income < 5)",
    "person.age < 18 || answers.income < 5",
]


@pytest.mark.django_db
@pytest.mark.parametrize("when", CONDITIONS)
def test_the_database_finds_whom_the_condition_does_not_rule_out(when):
    """Row by row: whoever fails is not found, everybody else is."""
    union = make_chain()[3]
    asked = item(when, old=60)
    expected = set()
    for n, described in enumerate(PEOPLE):
        membership = make_membership(union=union)
        for name, value in described.items():
            setattr(membership.person, name, value)
        membership.person.save()
        membership.admitted_date = TODAY - relativedelta(months=n % 9)
        membership.save()
        found = outlook(asked, person=facts_about(membership, TODAY), answers={}, today=TODAY)
        if found.answer != Answer.FAILS:
            expected.add(membership.pk)
    assert (
        set(Membership.objects.filter(could_be_helped(asked, TODAY)).values_list("pk", flat=True))
        == expected
    )
    assert 0 < len(expected) <= len(PEOPLE)


@pytest.mark.django_db
def test_whoever_has_asked_is_not_looked_for():
    chain = make_chain()
    publish(AID)
    asked, silent = make_membership(union=chain[3]), make_membership(union=chain[3])
    make_membership(union=chain[0])
    make_case(union=chain[3], account=asked.person.account)
    offered, post = access_offered("test-aid", chain[3]), make_officer(chain[2])
    with protection.working("test"):
        found = list_who_could_be_helped(offered, chain[2], [post], today=clock.today())
        assert set(found.values_list("pk", flat=True)) == {silent.pk}


@pytest.mark.django_db
def test_the_api_says_what_the_page_says_and_keeps_nothing():
    union = make_chain()[3]
    conditions = [
        {"key": "member", "when": "person.is_member", "text": text("会员"), "basis": text("会章")},
        {"key": "low", "when": "answers.income < 1000", "text": text("低"), "basis": text("办法")},
    ]
    publish(AID, eligibility=conditions)
    member = signed_in(make_membership(union=union).person.account)

    def see(browser, **answers):
        sent = json.dumps({"union": union.number, "answers": answers})
        address = "/api/v1/services/test-aid/eligibility"
        return browser.post(address, sent, content_type="application/json")

    found = see(member, income=999).json()
    assert (found["answer"], list(found["questions"]["properties"])) == ("holds", ["income"])
    assert [each["basis"]["zh"] for each in found["verdicts"]] == ["会章", "办法"]
    assert see(member).json()["answer"] == "open"
    stranger = see(Client(), income=1000).json()
    assert [each["answer"] for each in stranger["verdicts"]] == ["fails", "fails"]
    # What no condition reads is not to be sent, and nothing has to be.
    assert see(Client(), reason="家里有人生病").status_code == 422
    assert see(Client(), income="多").json()["errors"]
    assert not CaseDraft.objects.exists()
