"""Questions of an activity's own: asked, sealed, changed until sign-up closes, listed."""

import datetime as dt
import json
from io import BytesIO

import pytest
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from niangjia.activities import services
from niangjia.activities.models import Companion, SignUp
from niangjia.activities.rules import questions as rules
from niangjia.activities.rules.answers import Answers, Brought
from niangjia.activities.rules.questions import Question
from niangjia.activities.services.asking import Change
from niangjia.activities.services.exporting import export_list
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_organiser,
    make_worker,
    run_of,
)
from niangjia.core import clock
from niangjia.core.errors import Invalid, TooLate
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db

SIZE = Question(
    label="T 恤尺码", kind="one", options=("S", "M", "L"), is_required=True, of_each=True
)
BUS = Question(label="在哪里上车", kind="text")
MEALS = Question(label="忌口", kind="several", options=("不吃辣", "素食"))
ASKED = [SIZE, BUS, MEALS]
CHILDREN = Question(label="带几个孩子", kind="number")
VEGAN = Question(label="吃素吗", kind="yes_no")
RUNS = "/api/v1/desk/activity-runs/"


def ask(asked=ASKED, **fields):
    """A published activity that asks `asked`."""
    draft = make_draft(**({"companions_max": 2} | fields))
    services.set_questions(by=None, activity=draft, asked=asked)
    return services.publish_activity(by=None, activity=draft, now=clock.now())


def family(activity, **more):
    said = {"q1": "M", "q2": "=东门", "q3": ["素食"], "q9": "没有问"} | more
    answers = Answers(
        name="王小明",
        companions=(Brought("王小宝", more={"q1": "S", "q2": "不问孩子"}),),
        more=said,
    )
    return services.sign_up(
        by=make_worker(), run_id=run_of(activity).pk, answers=answers, now=clock.now()
    )


def test_each_answer_is_sealed_and_nothing_is_kept_that_was_not_asked():
    made = family(ask())
    assert made.told["more"] == {"q1": "M", "q2": "=东门", "q3": ["素食"]}
    assert made.companions.get().told == {"more": {"q1": "S"}}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.answers::text || c.answers::text FROM activities_signup s"
            " JOIN activities_companion c ON c.sign_up_id = s.id"
        )
        assert "东门" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("question", "value", "is_right"),
    [
        (SIZE, "XXL", False),
        (SIZE, None, False),
        (SIZE, ["S"], False),
        (BUS, "", True),
        (BUS, "站" * 101, False),
        (BUS, 7, False),
        (MEALS, "素食", False),
        (MEALS, ["素食", "不吃辣"], True),
        (MEALS, ["肉"], False),
        (Question(label="", kind="number"), 0, True),
        (Question(label="", kind="number"), -1, False),
        (Question(label="", kind="number"), True, False),
        (Question(label="", kind="yes_no", is_required=True), False, True),
        (Question(label="", kind="yes_no"), "yes", False),
    ],
)
def test_an_answer_fits_its_question_or_is_told_what_to_do(question, value, is_right):
    assert (rules.problem_of(question, value) is None) == is_right


def test_what_is_wrong_stands_beside_whose_answer_it_is():
    activity = ask()
    with pytest.raises(Invalid) as refused:
        services.sign_up(
            by=make_worker(),
            run_id=run_of(activity).pk,
            answers=Answers(name="王小明", companions=(Brought("王小宝", row=2),)),
            now=clock.now(),
        )
    assert set(refused.value.fields) == {"answer_q1", "companion_answer_q1_2"}
    assert not SignUp.objects.exists()


def test_once_published_words_are_mended_and_questions_added_and_nothing_goes():
    activity = ask()
    kept = rules.read(activity.questions)
    wider = [rules.replace(kept[0], options=("S", "M", "L", "XL")), *kept[1:], BUS]
    services.set_questions(by=None, activity=activity, asked=wider)
    activity.refresh_from_db()
    assert [each["key"] for each in activity.questions] == ["q1", "q2", "q3", "q4"]
    narrower = [rules.replace(kept[0], options=("S", "M")), rules.replace(kept[1], kind="number")]
    with pytest.raises(Invalid) as refused:
        services.set_questions(by=None, activity=activity, asked=narrower)
    assert set(refused.value.fields) == {"options_1", "kind_2", "missing_q3", "missing_q4"}


def test_a_question_that_cannot_be_asked_is_named_by_its_place():
    draft = make_draft()
    asked = [BUS, Question(label=" ", kind="one", options=("只有一个", "只有一个")), BUS]
    with pytest.raises(Invalid) as refused:
        services.set_questions(by=None, activity=draft, asked=asked)
    assert set(refused.value.fields) == {"label_2", "options_2"}
    with pytest.raises(Invalid) as refused:
        services.set_questions(by=None, activity=draft, asked=[BUS] * 11)
    assert set(refused.value.fields) == {"questions"}


def test_answers_change_until_sign_up_closes():
    made = family(ask())
    change = Change(more={"q1": "L"}, companions=({"q1": "M"},))
    at = {"by": made.account, "sign_up_id": str(made.pk)}
    services.change_answers(**at, change=change, now=clock.now())
    made.refresh_from_db()
    assert (made.told["more"], made.told["name"]) == ({"q1": "L"}, "王小明")
    assert made.companions.get().told == {"more": {"q1": "M"}}
    with pytest.raises(Invalid) as refused:
        services.change_answers(**at, change=Change(), now=clock.now())
    assert set(refused.value.fields) == {"answer_q1", "companion_answer_q1_1"}
    with pytest.raises(TooLate):
        services.change_answers(
            **at, change=change, now=clock.now() + 2 * DAY + dt.timedelta(minutes=1)
        )


def test_the_list_has_everybody_on_a_line_of_their_own_and_computes_nothing():
    activity = ask()
    family(activity)
    by = make_organiser(activity.union)
    sheet = export_list(by=by, run=run_of(activity), purpose="定做衣服", now=clock.now())
    book = CalamineWorkbook.from_filelike(BytesIO(sheet))
    head, own, child = book.get_sheet_by_index(0).to_python()
    assert head[2:] == [each.label for each in ASKED]
    assert own == ["王小明", "", "M", "'=东门", "素食"]
    assert child == ["王小宝", "王小明", "S", "", ""]
    with pytest.raises(Invalid):
        export_list(by=by, run=run_of(activity), purpose="", now=clock.now())


def test_the_organisers_page_keeps_what_was_typed():
    draft = make_draft()
    client = officer_client(make_organiser(draft.union))
    url = reverse("activities:questions", args=[draft.number])
    row = {"label_1": "尺码", "kind_1": "one", "options_1": "S", "key_1": "", "rows": "2"}
    row |= {"label_2": "", "kind_2": "one", "options_2": "", "key_2": ""}
    page = client.post(url, row)
    assert page.status_code == 422
    assert "尺码" in page.text
    assert page.context["form"]["options_1"].errors
    saved = client.post(url, row | {"options_1": "S\nM\n", "is_required_1": "on"})
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert [(each["options"], each["is_required"]) for each in draft.questions] == [
        (["S", "M"], True)
    ]


def test_the_form_of_sign_up_asks_and_keeps_what_was_typed():
    activity = ask()
    client = signed_in(make_worker())
    url = reverse("activities:sign_up", args=[activity.number])
    said = {"name": "王小明", "answer_q2": "西门", "companion_name_1": "王小宝"}
    page = client.post(url, said)
    assert page.status_code == 422
    form = page.context["form"]
    assert form["answer_q1"].errors
    assert form["companion_answer_q1_1"].errors
    assert not form["companion_answer_q1_2"].errors
    assert "西门" in page.text
    client.post(url, said | {"answer_q1": "L", "companion_answer_q1_1": "S"})
    made = SignUp.objects.get()
    assert (made.told["more"], Companion.objects.get().told) == (
        {"q1": "L", "q2": "西门"},
        {"more": {"q1": "S"}},
    )
    ticket = reverse("activities:ticket", args=[made.pk])
    assert "西门" in client.get(ticket).text
    mine = reverse("activities:answers", args=[made.pk])
    assert "西门" in client.get(mine).text
    client.post(mine, {"answer_q1": "M", "answer_q2": "北门", "companion_answer_q1_1": "S"})
    assert "北门" in client.get(ticket).text


def test_the_organisers_list_shows_who_answered_what():
    activity = ask()
    family(activity)
    client = officer_client(make_organiser(activity.union))
    page = client.get(reverse("activities:coming", args=[run_of(activity).pk]))
    assert "=东门" in page.text
    url = reverse("activities:coming_sheet", args=[run_of(activity).pk])
    again = client.post(url, {"purpose": ""})
    assert (again.status_code, "王小宝" in again.text) == (422, True)
    sheet = client.post(url, {"purpose": "定做衣服"})
    assert sheet["Content-Disposition"].endswith(f'list-{activity.number}.xlsx"')


def test_operations_ask_answer_and_change_as_pages_do():
    draft = make_draft()
    desk = officer_client(make_organiser(draft.union))
    asked = [{"label": "身高", "kind": "number", "is_required": True}]
    there = f"/api/v1/desk/activities/{draft.number}"
    made = send(desk, "PUT", f"{there}/questions", {"questions": asked}).json()
    assert made["questions"][0]["key"] == "q1"
    send(desk, "POST", f"{there}/publication", {})
    shown = desk.get(f"/api/v1/activities/{draft.number}").json()
    assert shown["questions"] == made["questions"]
    worker = signed_in(make_worker())
    body = {"run": shown["runs"][0]["id"], "name": "王小明"}
    refused = send(worker, "POST", "/api/v1/sign-ups", body)
    assert (refused.status_code, "answer_q1" in refused.text) == (422, True)
    own = send(worker, "POST", "/api/v1/sign-ups", body | {"answers": {"q1": 172}}).json()
    mine = f"/api/v1/sign-ups/{own['id']}/answers"
    assert send(worker, "PUT", mine, {"answers": {"q1": 173}}).status_code == 200
    told = worker.get(mine).json()
    assert (told["answers"], told["may_change"], told["name"]) == ({"q1": 173}, True, "王小明")
    run = run_of(draft)
    [row] = desk.get(f"/api/v1/desk/activity-runs/{run.pk}/sign-ups").json()["items"]
    assert row["answers"] == {"q1": 173}


def send(client, method, path, body):
    return client.generic(method, path, json.dumps(body), content_type="application/json")


def test_an_activity_that_asks_nothing_of_its_own_keeps_nothing():
    made = join(make_activity(), more={"q1": "M"})
    assert made.told == {"name": "王小明"}


def test_answers_are_added_up_companions_too_where_they_are_asked():
    activity = ask([SIZE, BUS, MEALS, CHILDREN, VEGAN])
    run, by = run_of(activity), make_organiser(activity.union)
    for said in ({"q4": 2, "q5": True}, {"q1": "S", "q2": "", "q4": 1}):
        family(activity, **said)
    desk = officer_client(by)
    found = {each["key"]: each for each in desk.get(f"{RUNS}{run.pk}/answers").json()["items"]}
    sizes = {each["words"]: each["count"] for each in found["q1"]["chosen"]}
    assert sizes == {"S": 3, "M": 1, "L": 0}, "two families of two"
    assert (found["q2"]["answered"], found["q2"]["missing"]) == (1, 1)
    assert [each["count"] for each in found["q3"]["chosen"]] == [0, 2]
    assert found["q4"]["total"] == 3
    assert [(each["words"], each["count"]) for each in found["q5"]["chosen"]] == [
        ("yes", 1),
        ("no", 0),
    ]
    page = reverse("activities:coming", args=[run.pk])
    plain, summed = (desk.get(page, query).content.decode() for query in ({}, {"sum": "on"}))
    assert ("汇总回答" in plain, "回答汇总" in plain) == (True, False)
    assert "<dt>S</dt><dd>3</dd>" in summed
