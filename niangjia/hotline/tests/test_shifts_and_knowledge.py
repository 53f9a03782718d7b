"""Shifts, letters, messages, and what a line says itself."""

import datetime as dt

import pytest
from django.test import Client

from niangjia.cases.services.catalogue import seeds
from niangjia.core import clock, protection
from niangjia.core.models import RequestCount
from niangjia.hotline import selectors, services
from niangjia.hotline.models import (
    Article,
    Call,
    CallState,
    Category,
    Channel,
    HandOver,
    Shift,
    Topic,
)
from niangjia.hotline.rules import content, finding
from niangjia.hotline.tests.factories import (
    NUMBER,
    fresh,
    make_agent,
    make_call,
    make_line,
    open_order,
    refused,
    take,
    tie_to,
)
from niangjia.hotline.views import portal
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db
WORDS = "园区驿站的热水器坏了半个月，请帮忙看看"


@pytest.fixture
def agents(chain, line):
    return make_agent(chain[1]), make_agent(chain[1])


def text(response):
    return response.content.decode()


def test_what_a_shift_leaves_waits_again_with_a_word_and_is_taken_over(agents, line):
    first, second = agents
    call = take(first, make_call(line))
    leaves, comes = officer_client(first), officer_client(second)
    leaves.post(f"/desk/hotline/shifts/beginning/?line={NUMBER}")
    leaves.post(
        f"/desk/hotline/shifts/ending/?line={NUMBER}",
        {"note": "驿站时间已更新", f"call-{call.pk}": "说到一半，要回电"},
    )
    assert fresh(call).state == CallState.WAITING
    page = text(comes.get(f"/desk/hotline/shifts/?line={NUMBER}"))
    assert "驿站时间已更新" in page
    assert "说到一半，要回电" in page
    shift = Shift.objects.get()
    comes.post(f"/desk/hotline/shifts/{shift.pk}/acknowledgement/")
    shift.refresh_from_db()
    assert shift.acknowledged_by == second.account
    assert "说到一半" not in text(comes.get(f"/desk/hotline/shifts/?line={NUMBER}"))
    with protection.working("test"):
        assert "说到一半".encode() not in bytes(HandOver.objects.get().words)


def test_a_tied_colleague_takes_over_without_the_call(agents, line, chain):
    first, tied = agents
    accused = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    call = take(first, make_call(line))
    open_order(first, call, chain[2], topic="wages", accused=accused, goes_on=True)
    tie_to(tied.account, accused)
    shift = services.begin_shift(by=first, line=line, now=clock.now())
    services.end_shift(by=first, shift_id=shift.pk, words={call.pk: "还要补材料"}, now=clock.now())
    page = text(officer_client(tied).get(f"/desk/hotline/shifts/?line={NUMBER}"))
    assert "还要补材料" not in page
    colleague = make_agent(chain[1])
    shown = officer_client(colleague).get(f"/desk/hotline/shifts/?line={NUMBER}")
    assert "还要补材料" in text(shown)


def test_nobody_takes_over_from_themselves_or_is_on_duty_twice(agents, line, chain):
    first, second = agents
    shift = services.begin_shift(by=first, line=line, now=clock.now())
    assert services.begin_shift(by=first, line=line, now=clock.now()) == shift
    with refused("not-your-shift"):
        services.end_shift(by=second, shift_id=shift.pk, now=clock.now())
    services.end_shift(by=first, shift_id=shift.pk, now=clock.now())
    with refused("not-yours-to-acknowledge"):
        services.acknowledge_shift(by=first, shift_id=shift.pk, now=clock.now())
    services.acknowledge_shift(by=second, shift_id=shift.pk, now=clock.now())
    other = make_line(chain[2], "0579-12352")
    services.begin_shift(by=first, line=line, now=clock.now())
    with refused("on-duty-elsewhere"):
        services.begin_shift(by=first, line=other, now=clock.now())


def test_a_letter_is_taken_down_like_a_call(agents, line):
    client = officer_client(agents[0])
    sent = {"words": WORDS, "name": "孙师傅", "arrived_on": "2026-11-20"}
    page = client.post(f"/desk/hotline/letters/?line={NUMBER}", sent, follow=True)
    assert WORDS in text(page)
    with protection.working("test"):
        assert Call.objects.get().channel == Channel.PAPER
    late = {**sent, "arrived_on": str(clock.today() + dt.timedelta(days=2))}
    wrong = client.post(f"/desk/hotline/letters/?line={NUMBER}", late)
    assert wrong.status_code == 422
    assert WORDS in text(wrong)


def test_a_message_unknown_gives_a_receipt_and_keeps_no_address(agents, line, chain):
    page = text(
        Client().post("/hotline/", {"words": WORDS, "phone": ""}, REMOTE_ADDR="203.0.113.7")
    )
    receipt = page.split("code-card")[1].split("<strong>")[1].split("<")[0]
    with protection.working("test"):
        call = Call.objects.get()
        assert WORDS.encode() not in bytes(call.note)
    assert b"203.0.113.7" not in b"".join(bytes(c.who) for c in RequestCount.objects.all())
    taken = take(agents[0], call)
    open_order(agents[0], taken, chain[2])
    shown = text(Client().post("/hotline/receipt/", {"receipt": receipt}))
    assert WORDS in shown
    with protection.working("test"):
        number = Call.objects.get().orders.get().case.number
    assert number in shown
    assert "测试帮扶" in text(Client().post("/services/receipt/", {"receipt": receipt}))
    assert Client().post("/hotline/receipt/", {"receipt": "ABCD"}).status_code == 422


def test_a_signed_in_message_becomes_a_case_of_that_account(agents, line, chain):
    person = make_person()
    worker = signed_in(person.account)
    worker.post("/hotline/", {"words": WORDS})
    with protection.working("test"):
        call = Call.objects.get()
    case = open_order(agents[0], take(agents[0], call), chain[2]).case
    assert case.applicant == person.account
    assert case.number in text(worker.get("/hotline/"))


def test_whoever_writes_one_after_another_is_held_back(line, monkeypatch):
    monkeypatch.setattr(portal, "MESSAGES_PER_MINUTE", 2)
    with clock.stopped_at(clock.now()):
        got = [Client().post("/hotline/", {"words": WORDS}).status_code for _ in range(3)]
    assert got == [200, 200, 422]
    account = make_person().account
    for _ in range(5):
        services.write_message(line=line, words=WORDS, account=account, now=clock.now())
    with refused("throttled"):
        services.write_message(line=line, words=WORDS, account=account, now=clock.now())


def test_the_portal_costs_little(line, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = text(Client().get("/hotline/"))
    assert f"tel:{NUMBER}" in page


def test_a_line_says_it_differently_and_orders_keep_what_was_read_out(agents, line):
    services.seed_knowledge(now=clock.now())
    before = selectors.access_article(line, "annual-leave")
    client = officer_client(agents[0])
    address = f"/desk/hotline/knowledge/article/?line={NUMBER}&key=annual-leave"
    said = {
        "title": before.title,
        "body": "本省另有规定，先请对方报出累计工龄，再按下面的说。",
        "as_of_date": "2026-11-01",
        "topics": ["q-hours"],
    }
    assert client.post(address, {**said, "body": "短"}).status_code == 422
    assert client.post(address, said).status_code == 302
    own = selectors.access_article(line, "annual-leave")
    assert (own.line, own.body) == (line, said["body"])
    client.post(address, {**said, "body": said["body"] + "第二次改。"})
    assert selectors.access_article(line, "annual-leave").number == 2
    before.refresh_from_db()
    assert before.is_current
    assert services.seed_knowledge(now=clock.now()) == 0
    assert said["body"] in text(client.get(f"/desk/hotline/knowledge/?line={NUMBER}&words=累计"))


def test_a_line_adds_and_ends_a_topic_of_its_own(agents, line):
    client = officer_client(agents[0])
    sent = {
        "category": "service",
        "name": "亚运工地探访",
        "grade": "ordinary",
        "keywords": "探访 慰问",
    }
    address = f"/desk/hotline/knowledge/topics/?line={NUMBER}"
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 422
    topic = Topic.objects.get(line=line)
    assert (topic.initials, topic.keywords) == ("yygdtf", ["探访", "慰问"])
    other = make_line(line.union.parent, "0571-12351")
    assert topic not in selectors.list_topics(other)
    client.post(f"/desk/hotline/knowledge/topics/end/?line={NUMBER}", {"key": topic.key})
    with refused("unknown-topic"):
        selectors.access_topic(line, topic.key)


def test_the_national_topics_and_articles_hang_together():
    items = {seed["key"] for seed in seeds()} | {""}
    topics = content.topics()
    assert (
        len({topic.key for topic in topics}) == len({t.name for t in topics}) == len(topics) >= 80
    )
    assert {topic.item_key for topic in topics} <= items
    assert {topic.category for topic in topics} == set(Category.values)
    keys = {topic.key for topic in topics}
    assert len(content.articles()) >= 25
    assert {key for article in content.articles() for key in article.topics} <= keys
    complaints = {t.item_key for t in topics if t.category == "complaint"}
    assert complaints <= {"wage-arrears", "rights-complaint"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tqgz", "c-arrears"),
        ("讨薪", "c-arrears"),
        ("骑手", "q-join-platform"),
        ("想不开 不想活", "s-counselling"),
        ("gdqx", "c-arrears-site"),
        ("童工", "c-minor"),
        ("", "q-join"),
    ],
)
def test_topics_are_found_by_the_words_of_callers(line, typed, first):
    services.seed_knowledge(now=clock.now())
    found = finding.found(selectors.list_topics(line), typed)
    assert found[0].key == first
    assert finding.found(selectors.list_topics(line), "qqqq") == []
    assert Article.objects.filter(is_current=True).count() == len(content.articles())
