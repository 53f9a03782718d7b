"""The agent's one screen, with and without a script."""

import json

import pytest

from niangjia.cases.services.catalogue import seeds
from niangjia.cases.tests.factories import publish
from niangjia.core import clock, protection
from niangjia.core.models import AuditEntry
from niangjia.hotline import services
from niangjia.hotline.models import Call, CallState, Topic, WorkOrder
from niangjia.hotline.services import Caller
from niangjia.hotline.tests.factories import (
    PHONE,
    fresh,
    make_agent,
    make_call,
    open_order,
    take,
)
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db
MATTER = "单位三个月没有发工资了，想请工会帮忙"


@pytest.fixture
def client(agent):
    return officer_client(agent)


def at(call, name=""):
    return f"/desk/hotline/calls/{call.pk}/{name}"


def typed(**changes):
    """The form as a browser sends it."""
    return {"do": "case", "topic": "wages", "matter": MATTER, "phone": PHONE, **changes}


def text(response):
    return response.content.decode()


def test_the_screen_shows_who_waits_at_a_known_cost(client, agent, line, django_assert_num_queries):
    for _ in range(5):
        make_call(line)
    client.get("/desk/hotline/")
    with django_assert_num_queries(7):
        page = text(client.get("/desk/hotline/"))
    assert page.count("/taking/") == 5
    assert PHONE not in page
    with django_assert_num_queries(6):
        client.get("/desk/hotline/waiting/")


def test_a_call_in_hand_at_a_known_cost(client, call, django_assert_num_queries):
    client.get(at(call))
    with django_assert_num_queries(7):
        page = text(client.get(at(call)))
    assert f"+86{PHONE}" in page


def test_whoever_runs_no_line_is_told_so(chain, line):
    chair = officer_client(make_post(union=chain[3]))
    assert "没有热线" in text(chair.get("/desk/hotline/"))
    assert chair.get("/desk/hotline/waiting/").status_code == 404


def test_without_a_script_the_topic_is_searched_chosen_and_asked_about(client, call):
    found = text(client.post(at(call), {"topic_words": "wages", "find": "topic_words"}))
    assert 'value="wages" checked' in found.replace("\n", " ")
    chosen = text(client.post(at(call), typed(do="show")))
    assert 'name="employer"' in chosen
    assert MATTER in chosen
    taken = client.post(at(call), typed(employer="甲玩具有限公司"))
    assert taken.status_code == 200
    with protection.working("test"):
        order = WorkOrder.objects.select_related("case").get()
    assert order.number in text(taken)
    assert order.case.number in text(taken)


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(client, call):
    page = client.post(at(call), typed(matter="短", name="陈师傅"))
    assert page.status_code == 422
    assert 'value="陈师傅"' in text(page)
    assert text(page).count('class="field field-wrong"') == 1
    page = client.post(at(call), typed())
    assert "id_employer" in text(page).split("error-summary")[1]
    assert fresh(call).state == CallState.TAKEN


def test_answered_on_the_spot_and_closed(client, call):
    answered = typed(do="answer", topic="how-to-join", answer="可以在网上申请")
    assert client.post(at(call), answered).status_code == 200
    assert fresh(call).state == CallState.ENDED


def test_the_receipt_is_shown_once(client, call):
    page = text(client.post(at(call), typed(employer="甲玩具有限公司", goes_on="on")))
    receipt = page.split('receipt">')[1].split("<")[0]
    assert len(receipt) == 39
    assert receipt not in text(client.get(at(call)))
    assert client.post(at(call), typed(employer="甲玩具有限公司", version="0")).status_code == 422


def test_what_was_typed_survives_a_reload_and_goes_to_a_colleague(client, call, chain):
    saved = client.post(at(call, "draft/"), typed(version="0"))
    assert 'name="version" value="1"' in text(saved)
    assert MATTER in text(client.get(at(call)))
    stale = client.post(at(call, "draft/"), typed(version="0"))
    assert "overwrite" in text(stale)
    client.post(at(call, "handing-back/"))
    colleague = make_agent(chain[1])
    other = officer_client(colleague)
    other.post(at(call, "taking/"))
    assert MATTER in text(other.get(at(call)))
    with protection.working("test"):
        assert MATTER.encode() not in bytes(Call.objects.get().draft)


def test_earlier_cases_are_shown_for_a_purpose_on_record(client, agent, line, chain):
    earlier = open_order(agent, take(agent, make_call(line)), chain[2]).case
    call = take(agent, make_call(line))
    assert earlier.number not in text(client.get(at(call)))
    refused = client.post(at(call, "caller/"), {"words": "来电人问起"})
    assert refused.status_code == 422
    shown = client.post(at(call, "caller/"), {"purpose": "service", "words": "来电人问起"})
    assert earlier.number in text(shown)
    seen = AuditEntry.objects.get(action="hotline.caller_read")
    assert seen.purpose == "service: 来电人问起"
    assert seen.details == {"cases": 1}


def test_an_unknown_callers_case_is_found_by_no_later_call(agent, line, chain):
    accused = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    first = take(agent, make_call(line))
    open_order(
        agent, first, chain[2], topic="wages", accused=accused, caller=Caller(is_anonymous=True)
    )
    again = take(agent, make_call(line))
    found = services.read_caller(
        by=agent, posts=[agent], call_id=again.pk, purpose="service", now=clock.now()
    )
    assert found == []


def test_a_number_that_was_abusive_stands_last_and_still_rings(client, agent, line):
    for _ in range(3):
        call = take(agent, make_call(line, caller="13911112222"))
        client.post(at(call, "ending/"), {"ending": "abusive"})
    marked = make_call(line, caller="13911112222")
    other = make_call(line)
    page = text(client.get("/desk/hotline/waiting/"))
    assert page.index(str(other.pk)) < page.index(str(marked.pk))
    client.post(at(marked, "taking/"))
    assert "3" in text(client.get(at(marked))).split('class="notice"')[1][:200]


def test_questions_and_articles_follow_the_topic(client, call):
    services.seed_knowledge(now=clock.now())
    Topic.objects.filter(key="wages").update(is_active=True)
    page = text(client.post(at(call, "questions/"), {"topic": "wages"}))
    assert 'name="employer"' in page
    assert "hx-swap-oob" in page
    words = text(client.get(at(call, "articles/"), {"article_words": "年休假"}))
    assert "年休假有几天" in words
    offers = text(client.get(at(call, "topics/"), {"topic_words": "gdqx"}))
    assert "c-arrears-site" in offers


def test_nonsense_breaks_nothing(client, call):
    for data in (
        {"do": "case"},
        {"do": "answer", "topic": "\0", "matter": "\0"},
        typed(topic="x" * 500),
        typed(people_count="-1", urgent="soon", grade="hard"),
        typed(union="没有这家工会"),
        typed(version="-" * 20),
    ):
        assert client.post(at(call), data).status_code == 422
    body = json.dumps({"typed": "no"})
    assert client.post(at(call, "draft/"), body, content_type="text/plain").status_code == 200


def test_what_every_service_asks_can_be_asked_in_a_call(client, call):
    for seed in seeds():
        publish(seed)
        Topic.objects.filter(key="aid").update(item_key=seed["key"])
        asked = client.post(at(call, "questions/"), {"topic": "aid"})
        assert asked.status_code == 200, seed["key"]
        shown = client.post(at(call), {"topic": "aid", "matter": MATTER})
        assert shown.status_code == 200, seed["key"]
        assert "data-files" not in text(asked)


def test_a_row_of_a_group_is_added_without_a_script_and_nothing_is_lost(client, call):
    publish(next(seed for seed in seeds() if seed["key"] == "hardship-aid"))
    Topic.objects.filter(key="aid").update(item_key="hardship-aid")
    before = text(client.post(at(call), {"topic": "aid", "matter": MATTER}))
    name = before.split('name="more" value="')[1].split('"')[0]
    sent = {"topic": "aid", "matter": MATTER, "more": name, name: "0"}
    after = text(client.post(at(call), sent))
    assert after.count('name="less"') == before.count('name="less"') + 1
    assert MATTER in after
