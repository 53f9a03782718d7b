"""The page of one union."""

import datetime as dt

import pytest

from niangjia.core import clock, working_calendar
from niangjia.core.edge import kept
from niangjia.core.models import WorkingDay
from niangjia.organisations import selectors
from niangjia.organisations.models import Employer, Kind, Origin, Status, Union
from niangjia.organisations.rules.opening import hours_today
from niangjia.organisations.selectors import show_union
from niangjia.organisations.services import count
from niangjia.organisations.tests.factories import make_root, make_union

pytestmark = pytest.mark.django_db

FRIDAY = dt.datetime(2026, 3, 6, 2, 0, tzinfo=dt.UTC)


def page(client, union):
    with clock.stopped_at(FRIDAY):
        return client.get(f"/unions/{union.number}/").content.decode()


def test_it_says_who_they_are_and_how_to_reach_them(client):
    union = make_union(
        "义乌市顺达快递有限公司工会",
        introduction="我们是快递员自己的工会。",
        phone="0579-85512351",
        email="gh@example.cn",
        address="稠州北路 1 号",
        opening_hours="Mo-Fr 09:00-17:30",
        committee_elected_date=dt.date(2024, 5, 1),
        committee_ends_date=dt.date(2029, 5, 1),
        longitude=120.07,
        latitude=29.31,
    )
    employer = Employer.objects.create(name="顺达快递有限公司", division=union.division)
    union.employers.add(employer)
    text = page(client, union)
    for words in (
        "我们是快递员自己的工会。",
        'href="tel:0579-85512351"',
        "mailto:gh@example.cn",
        "稠州北路 1 号",
        "现在开门，到 17:30",
        "星期一–星期五 09:00–17:30",
        "顺达快递有限公司",
        "本届任期至",
        "中华全国总工会",
        "data-map",
    ):
        assert words in text


def test_the_promised_answer_date_counts_working_days(client):
    working_calendar.seed_working_days()
    union = make_union(answer_working_days=3)
    assert "最迟 2026年3月11日 答复（3 个工作日内）" in page(client, union)


def test_a_term_that_has_ended_is_said_honestly(client):
    union = make_union(
        committee_elected_date=dt.date(2020, 1, 1), committee_ends_date=dt.date(2025, 1, 1)
    )
    assert "应当换届" in page(client, union)


@pytest.mark.parametrize(
    ("fields", "joinable"),
    [
        ({"kind": Kind.GRASSROOTS}, True),
        ({"kind": Kind.JOINT}, True),
        ({"kind": Kind.FEDERATION, "admits_directly": ["courier"]}, True),
        ({"kind": Kind.FEDERATION}, False),
        ({"kind": Kind.GROUP}, False),
        ({"kind": Kind.GRASSROOTS, "status": Status.PREPARING}, False),
    ],
)
def test_one_action_leads_to_joining_or_to_where_one_can(client, fields, joinable):
    union = make_union(**fields)
    text = page(client, union)
    assert ("答复（3 个工作日内）" in text) is joinable
    assert ("这家工会不直接接收会员" in text) is not joinable
    assert text.count("button-primary") <= 1
    if union.kind == Kind.FEDERATION and not joinable:
        assert "/unions/guide/" in text


def test_the_members_of_a_group_are_sent_to_the_union_above(client):
    upper = make_union("顺达快递工会")
    text = page(client, make_union("第一小组", kind=Kind.GROUP, parent=upper))
    assert f'<a class="button button-primary" href="/unions/{upper.number}/">' in text


def test_what_lies_below_is_counted_and_listed_within_bounds(client):
    root = make_root()
    for n in range(15):
        make_union(f"第{n}厂工会", parent=root)
    text = page(client, root)
    assert "基层工会 15" in text
    assert text.count('class="cell" href="/unions/') == 12
    assert "在全部下级工会里查找" in text


@pytest.mark.parametrize(
    ("members", "said"), [(5, "1–7"), (2_000, "1,000–4,999"), (30_000_000, "10,000,000 以上")]
)
def test_how_many_members_is_said_in_a_band(client, members, said):
    union = make_union()
    count(union_id=union.pk, metric="members", change=members)
    assert f"<dd>{said}</dd>" in page(client, union)


def test_seed_and_made_up_unions_say_so(client):
    assert "由行政区划表生成" in page(client, make_union(origin=Origin.SEED))
    assert "虚构数据" in page(client, make_union(origin=Origin.DEMO))


def test_an_unknown_number_is_not_found_and_a_mistyped_one_says_so(client):
    union = make_union()
    wrong = union.number[:-1] + str((int(union.number[-1]) + 1) % 10)
    response = client.get(f"/unions/{wrong}/")
    assert response.status_code == 404
    assert "输错" in response.content.decode()
    response = client.get("/unions/33078200000003/")
    assert response.status_code == 404


@pytest.mark.parametrize("number", ["x", "%00", "9" * 3000, "<b>", "😀", "1 OR 1=1"])
def test_hostile_numbers_are_not_found(client, number):
    assert client.get(f"/unions/{number}/").status_code == 404


def test_the_page_costs_the_same_wherever_the_union_stands(client, django_assert_num_queries):
    root = make_root()
    low = make_union(parent=make_union(parent=make_union(parent=root)))
    for n in range(20):
        make_union(f"第{n}厂工会", parent=root)
    client.get(f"/unions/{low.number}/")
    with django_assert_num_queries(1):
        client.get(f"/unions/{low.number}/")
    # At the top nothing lies above, but something below.
    with django_assert_num_queries(1):
        client.get(f"/unions/{root.number}/")


@pytest.mark.parametrize(
    ("moment", "is_working_day", "expected"),
    [
        ("2026-03-06 10:00", True, (True, dt.time(12, 0), None, False)),
        ("2026-03-06 12:30", True, (False, None, dt.time(13, 30), False)),
        ("2026-03-06 18:00", True, (False, None, None, False)),
        ("2026-03-07 10:00", False, (False, None, None, False)),
        ("2026-10-01 10:00", False, (False, None, None, True)),
        ("2026-10-10 10:00", True, (True, dt.time(12, 0), None, False)),
    ],
)
def test_hours_follow_the_days_people_really_work(moment, is_working_day, expected):
    hours = hours_today(
        "Mo-Fr 09:00-12:00,13:30-17:30",
        now=dt.datetime.fromisoformat(moment),
        is_working_day=is_working_day,
    )
    assert (hours.is_open, hours.open_until, hours.opens_at, hours.is_holiday) == expected


@pytest.mark.parametrize("text", ["", "whenever", "Mo-Fr 25:00"])
def test_hours_that_cannot_be_read_are_left_out(text):
    assert hours_today(text, now=FRIDAY, is_working_day=True) is None


def test_always_open_has_no_end():
    hours = hours_today("24/7", now=FRIDAY, is_working_day=True)
    assert hours.is_open
    assert hours.open_until is None


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_shows_at_once(client, monkeypatch):
    """The page is kept while nothing is committed; with the state of the database held still, the
    old one would be shown, which is what asking for that state is for."""
    union = make_union("义乌市顺达快递有限公司工会")
    page(client, union)
    union.introduction = "我们是快递员自己的工会。"
    union.save()
    assert union.introduction in page(client, union)
    monkeypatch.setattr(kept, "current_snapshot", lambda: "still")
    page(client, union)
    union.introduction = "我们搬家了。"
    union.save()
    assert union.introduction not in page(client, union)


def test_the_page_is_read_as_it_is_stored():
    union = make_union(
        "义乌市顺达快递有限公司工会",
        trade='"快递" & <配送>',
        founded_date=dt.date(2020, 2, 29),
        longitude=120.0712345678901,
        latitude=29.31,
        admits_directly=["courier", "driver"],
    )
    shown = show_union(union.number, now=FRIDAY)
    union.refresh_from_db()
    for field in union._meta.concrete_fields:
        assert getattr(shown.union, field.attname) == getattr(union, field.attname), field
    assert shown.union.division.name == union.division.name
    above = selectors.chain_above(union)
    assert above
    assert [upper.number for upper in shown.chain] == [upper.number for upper in above]


def test_the_dissolved_are_not_listed_below():
    root = make_root()
    kept_one, gone = make_union("留下的工会", parent=root), make_union("解散的工会", parent=root)
    Union.objects.filter(pk=gone.pk).update(status=Status.DISSOLVED, dissolved_date=FRIDAY.date())
    children = show_union(root.number, now=FRIDAY).below.children
    assert [child.number for child in children] == [kept_one.number]


@pytest.mark.django_db(transaction=True)
def test_what_concerns_another_union_alone_draws_nothing_anew(client, monkeypatch):
    union, other = make_union("第一厂工会"), make_union("第二厂工会")
    page(client, union)
    monkeypatch.setattr(selectors, "page_of", lambda *_, **__: pytest.fail("drawn anew"))
    other.introduction = "我们搬家了。"
    other.save()
    assert "第一厂工会" in page(client, union)


def test_a_holiday_entered_now_moves_the_promised_date_at_once(client):
    union = make_union(answer_working_days=3)
    assert "最迟 2026年3月11日 答复" in page(client, union)
    WorkingDay.objects.create(date=dt.date(2026, 3, 9), province="", is_working=False)
    assert "最迟 2026年3月12日 答复" in page(client, union)
    own = union.division_id[:2]
    WorkingDay.objects.create(date=dt.date(2026, 3, 9), province=own, is_working=True)
    assert "最迟 2026年3月11日 答复" in page(client, union)
