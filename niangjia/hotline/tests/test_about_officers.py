"""A call or a message about somebody at a union, perhaps about an agent of the line itself."""

import json

import pytest

from niangjia.cases.models import Case
from niangjia.cases.services import AboutOfficer
from niangjia.cases.tests.factories import COMPLAINT, publish
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict
from niangjia.hotline import services
from niangjia.hotline.models import Call, Category, Topic, WorkOrder
from niangjia.hotline.services import Caller, Handed, Intake
from niangjia.hotline.tests.factories import make_call, make_line, take
from niangjia.members.models import Reach, Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, signed_in

pytestmark = pytest.mark.django_db
NAME, WORDS = "周海燕", "她接电话态度很差，还要收钱"


@pytest.fixture
def line(chain):
    publish({**COMPLAINT, "key": "about-complaint", "about_officers": True})
    publish({**COMPLAINT, "key": "other-complaint"})
    made = make_line(chain[1])
    Topic.objects.create(
        key="union", category=Category.COMPLAINT, name="工会", item_key="about-complaint"
    )
    return made


@pytest.fixture
def meant(line):
    return agent_called(line, NAME)


@pytest.fixture
def agent(line):
    return agent_called(line, "李另外")


def agent_called(line, name):
    account = make_person(name=name).account
    return make_post(union=line.union, role=Role.HOTLINE_AGENT, account=account)


def seen_by(post, model):
    with protection.viewing(account=post.account_id):
        return model.objects.count()


def open_for(agent, call, union, chain):
    return services.open_order(
        by=agent,
        call_id=call.pk,
        intake=Intake(topic_key="union"),
        caller=Caller(name="陈师傅"),
        handed=Handed(chain[3], {"matter": WORDS}, officer=AboutOfficer(union, NAME)),
        now=clock.now(),
    )


def test_a_call_about_an_agent_is_shown_to_the_others_alone(chain, line, agent, meant):
    taken = open_for(agent, take(agent, make_call(line)), line.union, chain)
    with protection.working("test"):
        case = Case.objects.get()
    assert (case.handler, taken.order.excluded_ids) == (chain[0], [meant.account_id])
    for model in (Call, WorkOrder):
        assert (seen_by(meant, model), seen_by(agent, model)) == (0, 1)


def test_whoever_is_meant_takes_nothing_down(chain, line, meant):
    call = take(meant, make_call(line))
    with pytest.raises(Conflict) as refusal:
        open_for(meant, call, line.union, chain)
    assert refusal.value.code == "agent-is-meant"


def test_a_message_is_kept_from_them_before_anybody_has_read_it(chain, line, agent, meant):
    browser = signed_in(make_person().account)
    # Where somebody begins decides on the line: this page asks the one near the place.
    browser.cookies["place"] = chain[1].division_id
    told = {"words": WORDS, "officer": NAME}
    page = browser.get("/hotline/").content.decode()
    assert "这是关于工会里的人" in page
    unknown = browser.post("/hotline/", {**told, "officer_union": "哪里都不是"})
    assert unknown.status_code == 422
    assert WORDS in unknown.content.decode()
    assert browser.post("/hotline/", {**told, "officer_chosen": line.union.number}).url
    assert (seen_by(meant, Call), seen_by(agent, Call)) == (0, 1)
    with protection.working("test"):
        call = take(agent, Call.objects.get())
    desk = signed_in(agent.account)
    screen = desk.get(f"/desk/hotline/calls/{call.pk}/").content.decode()
    assert NAME in screen
    # Answered on the spot, the order is kept from them as well.
    services.answer_order(
        by=agent,
        call_id=call.pk,
        intake=Intake(topic_key="how-to-join"),
        caller=Caller(),
        matter=WORDS,
        answer="已记录并转告",
        now=clock.now(),
    )
    assert (seen_by(meant, WorkOrder), seen_by(agent, WorkOrder)) == (0, 1)


def test_where_everybody_who_answers_is_meant_it_waits_at_the_line_above(chain, line, meant):
    """The control: with one other agent, or nobody above, it stays."""

    def written():
        about = AboutOfficer(line.union, NAME)
        return services.write_message(line=line, words=WORDS, officer=about, now=clock.now()).call

    assert written().line == line
    above = services.open_line(union=chain[0], number="0571-12351", by=None, now=clock.now())
    assert written().line == line
    answers = make_post(
        union=above.union,
        role=Role.HOTLINE_AGENT,
        reach=Reach.UNION,
        account=make_person().account,
    )
    call = written()
    assert call.line == above
    assert (seen_by(answers, Call), seen_by(meant, Call)) == (1, 0)
    agent_called(line, "李另外")
    assert written().line == line


def test_a_topic_about_officers_asks_at_once_who_it_is(line, agent):
    """The control: under another topic of the same service the agent opens that part."""
    desk = signed_in(agent.account)
    there = f"/desk/hotline/calls/{take(agent, make_call(line)).pk}/questions/"
    part = "<details{}><summary>这是关于工会里的人"
    assert part.format("") in desk.post(there, {"topic": "union"}).text
    # A line says it of its own topics; the national one has it from its file.
    added = {"category": "suggestion", "name": "窗口态度", "item_key": "about-complaint"}
    query = f"?line={line.number}"
    sent = desk.post(
        f"/desk/hotline/knowledge/topics/{query}",
        {**added, "grade": "ordinary", "about_officer": "on"},
    )
    assert sent.status_code == 302
    own = Topic.objects.get(name="窗口态度")
    assert part.format(" open") in desk.post(there, {"topic": own.key}).text
    by_api = desk.get(f"/api/v1/desk/hotline/topics{query}").json()["items"]
    assert [each["name"] for each in by_api if each["about_officer"]] == ["窗口态度"]
    never = {**added, "name": "别的", "item_key": "other-complaint", "about_officer": True}
    refused = desk.post(
        f"/api/v1/desk/hotline/topics{query}", json.dumps(never), content_type="application/json"
    )
    assert [each["field"] for each in refused.json()["errors"]] == ["item_key"]
    services.seed_knowledge(now=clock.now())
    assert Topic.objects.get(key="p-officer").about_officer


@pytest.mark.parametrize("by_api", [False, True])
def test_what_was_answered_at_once_is_kept_from_whoever_it_is_about(line, agent, meant, by_api):
    """A call says so only while it is taken down; the control is the other agent."""
    call = take(agent, make_call(line))
    told = {"topic": "union", "matter": WORDS, "answer": "已记录并转告", "officer": NAME}
    desk = signed_in(agent.account)
    if by_api:
        body = json.dumps({**told, "officer_union": line.union.number})
        there = f"/api/v1/desk/hotline/calls/{call.pk}/answer"
        assert desk.post(there, body, content_type="application/json").status_code == 201
    else:
        there = f"/desk/hotline/calls/{call.pk}/"
        sent = {**told, "do": "answer", "grade": "ordinary", "people_count": "1"}
        wrong = desk.post(there, {**sent, "officer_union": "哪里都不是"})
        assert (wrong.status_code, "已记录并转告" in wrong.text) == (422, True)
        desk.post(there, {**sent, "officer_chosen": line.union.number})
    for model in (Call, WorkOrder):
        assert (seen_by(meant, model), seen_by(agent, model)) == (0, 1)


def test_whoever_is_meant_answers_nothing_at_once(line, meant):
    call = take(meant, make_call(line))
    with pytest.raises(Conflict) as refusal:
        services.answer_order(
            by=meant,
            call_id=call.pk,
            intake=Intake(topic_key="union"),
            caller=Caller(),
            matter=WORDS,
            answer="已记录并转告",
            officer=AboutOfficer(line.union, NAME),
            now=clock.now(),
        )
    assert refusal.value.code == "agent-is-meant"


def test_by_the_api(chain, line, agent, meant):
    told = {"words": WORDS, "officer": NAME, "division": chain[1].division_id}
    for union, status in (("1", 422), (line.union.number, 201)):
        body = json.dumps({**told, "officer_union": union})
        sent = signed_in(make_person().account).post(
            "/api/v1/hotline/messages", body, content_type="application/json"
        )
        assert sent.status_code == status
    assert seen_by(meant, Call) == 0
    with protection.working("test"):
        call = take(agent, Call.objects.get())
    opened = signed_in(agent.account).post(
        f"/api/v1/desk/hotline/calls/{call.pk}/case",
        json.dumps(
            {
                "topic": "union",
                "union": chain[3].number,
                "answers": {"matter": WORDS},
                "officer_union": line.union.number,
                "officer": NAME,
            }
        ),
        content_type="application/json",
    )
    assert opened.status_code == 201
    with protection.working("test"):
        assert Case.objects.get().excluded_ids == [meant.account_id]
