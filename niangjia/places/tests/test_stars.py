"""Stars: by the published rules, every month, explained; fewer are announced first."""

import datetime as dt
from dataclasses import replace

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.core.tests.costs import cost
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services, tasks
from niangjia.places.models import Have, OpeningDay, Place, Sort, StarRating, StarTerms
from niangjia.places.rules import stars as rules
from niangjia.places.rules.star_terms import NATIONAL
from niangjia.places.rules.stars import BASIC, Facts
from niangjia.places.selectors import star_terms
from niangjia.places.selectors.stars import Month, facts_of
from niangjia.places.services import stars as rating
from niangjia.places.tests.factories import (
    make_keeper,
    make_objection,
    make_place,
    make_problem,
    make_rating,
)

pytestmark = pytest.mark.django_db
#: The second of December 2026, a Wednesday, in the night.
NOW = dt.datetime(2026, 12, 1, 17, 30, tzinfo=dt.UTC)
NOVEMBER = Month(dt.date(2026, 11, 1))
DAY = dt.timedelta(days=1)
BEST = Facts(
    area=30,
    facilities=(*BASIC, "toilet", "wifi", "books"),
    haves=6,
    days=30,
    ticked=30,
    inspected_days=20,
)


@pytest.mark.parametrize(
    ("fields", "stars", "failed"),
    [
        ({}, 5, set()),
        ({"area": 29}, 4, {"area-30"}),
        ({"area": 9}, 2, {"area-10", "area-20", "area-30"}),
        ({"ticked": 28}, 4, {"ticked-95"}),
        ({"ticked": 23}, 3, {"ticked-80", "ticked-95"}),
        ({"days": 0, "ticked": 0}, 3, {"ticked-80", "ticked-95"}),
        ({"inspected_days": 181}, 4, {"inspected"}),
        ({"inspected_days": None}, 4, {"inspected"}),
        ({"shut": 1}, 3, {"found-open"}),
        ({"broken": ["meal"]}, 3, {"kit"}),
        ({"lacking": ["创可贴"]}, 3, {"supplies"}),
        ({"complaints": 1}, 2, {"complaints"}),
        ({"dangers": 1}, 1, {"safe"}),
        ({"haves": 5}, 3, {"haves"}),
        ({"facilities": ("rest", "water", "meal", "charge")}, 3, {"basic", "extended"}),
        ({"facilities": ("water",)}, 2, {"needed", "basic", "extended"}),
    ],
)
def test_the_rules(fields, stars, failed):
    facts = replace(BEST, **fields)
    outcome = rules.judge(facts)
    assert outcome.stars == stars
    assert {each["key"] for each in outcome.findings if not each["held"]} == failed
    shown = rules.explain(outcome.findings, facts.values())
    assert {each.rule.key for each in shown[: len(failed)]} == failed
    assert all(each.evidence for each in shown)


@pytest.fixture
def station():
    """A station at its best in November, its keeper, its officer and one above."""
    _province, _city, county, union = make_chain()
    place = make_place(
        union,
        now=NOW - 200 * DAY,
        facilities=BEST.facilities,
        haves=tuple(Have.values),
        area_m2=30,
    )
    keeper = make_keeper(place, make_account(), now=NOW - 100 * DAY).account
    for n in range(30):
        at = NOVEMBER.begins + n * DAY + dt.timedelta(hours=9)
        OpeningDay.objects.create(
            place=place, date=at.date(), ticked_at=at, by_account_id=keeper.pk
        )
    inspector = make_post(union=county)
    found = make_problem(place, inspector, item="sign", now=NOVEMBER.begins + 10 * DAY)
    services.mark_mended(by=keeper, problem=found, words="钉好了", now=found.opened_at + DAY)
    return place, keeper, make_post(union=union), inspector


def run(now=NOW, month=None):
    """A month's rating, all of it."""
    begun = services.begin_star_run(now=now, month=month)
    while services.go_on_rating(run_id=begun.pk, now=now):
        pass
    begun.refresh_from_db()
    return begun


def kinds(account):
    told = Notice.objects.filter(account=account, kind__contains="stars").order_by("id")
    return [notice.kind for notice in told]


def test_a_month_is_judged_by_what_it_was_like(station):
    place, keeper, _officer, inspector = station
    make_problem(place, inspector, item="meal", now=NOVEMBER.begins + 12 * DAY)
    make_problem(place, inspector, item="water", now=NOW)
    services.add_supply(
        by=keeper,
        place=place,
        sort=Sort.SUPPLY,
        name="碘伏",
        expires_date=dt.date(2026, 11, 29),
        now=NOVEMBER.begins,
    )
    late = OpeningDay.objects.get(date=dt.date(2026, 11, 3))
    OpeningDay.objects.filter(pk=late.pk).update(is_late=True)
    facts = facts_of([place], NOVEMBER)[place.pk]
    assert (facts.days, facts.ticked, facts.inspected_days) == (30, 29, 18)
    assert (facts.broken, facts.lacking, facts.shut, facts.dangers) == (["meal"], ["碘伏"], 0, 0)
    before = facts_of([place], Month(dt.date(2026, 10, 1)))[place.pk]
    assert (before.days, before.inspected_days, before.broken) == (0, None, [])


def test_all_stations_are_rated_in_the_background_once_a_month(station, monkeypatch):
    place, *_others = station
    monkeypatch.setattr(rating, "BATCH", 2)
    for n in range(3):
        make_place(place.union, name=f"{n} 号驿站", now=NOW - DAY)
    make_place(place.union, name="文化宫", kind="palace", now=NOW - DAY)
    begun = services.begin_star_run(now=NOW)
    assert (begun.month, begun.total) == (NOVEMBER.first, 4)
    assert services.begin_star_run(now=NOW) == begun
    assert ProcrastinateJob.objects.filter(task_name=rating.RATE).count() == 1
    assert [services.go_on_rating(run_id=begun.pk, now=NOW) for _n in range(4)] == [2, 2, 0, 0]
    begun.refresh_from_db()
    assert (begun.done, begun.ended_at) == (4, NOW)
    assert StarRating.objects.count() == 4
    place.refresh_from_db()
    assert place.stars == 5
    assert not Place.objects.get(name="文化宫").stars


def test_a_batch_asks_the_same_number_of_questions_however_many_there_are(
    station, django_assert_num_queries
):
    place, *_others = station
    places = [place, make_place(place.union, name="二号驿站", now=NOW - DAY)]
    with django_assert_num_queries(4):
        facts_of(places, NOVEMBER)


def test_fewer_stars_are_announced_with_the_reason_and_count_when_nobody_objects(station, client):
    place, keeper, officer, inspector = station
    run()
    shut = make_problem(place, inspector, item="open", now=NOW + DAY)
    assert shut.due_at < NOW + 20 * DAY
    january = NOW + 31 * DAY
    run(january)
    announced = StarRating.objects.get(month=dt.date(2026, 12, 1))
    place.refresh_from_db()
    assert (place.stars, announced.stars, announced.counts_from) == (5, 3, None)
    assert kinds(keeper) == kinds(officer.account) == ["place.fewer_stars"]
    page = client.get(f"/places/{place.code}/stars/").content.decode()
    assert "被发现关门 1 次" in page
    assert "拟从 5 星降为 3 星" in page
    # The second of January is a Saturday: five working days later it is Friday the eighth.
    assert announced.objections_until.astimezone(clock.CHINA).date() == dt.date(2027, 1, 8)
    assert services.put_into_force(now=announced.objections_until) == 0
    assert services.put_into_force(now=announced.objections_until + DAY) == 1
    place.refresh_from_db()
    assert place.stars == 3


def test_all_that_nobody_objected_to_counts_in_one_night_however_many(station, monkeypatch):
    place, *_others = station
    places = [place, make_place(place.union, name="二号驿站", now=NOW)]
    for each in places:
        make_rating(each, now=NOW)
        make_rating(each, stars=2, now=NOW)
    monkeypatch.setattr(rating, "BATCH", 1)
    with clock.stopped_at(NOW + 30 * DAY):
        assert tasks.let_stars_count(timestamp=0) == 2
    assert {each.stars for each in Place.objects.all()} == {2}


@pytest.mark.parametrize(("is_upheld", "stars"), [(True, 5), (False, 2)])
def test_an_objection_holds_it_until_the_union_above_has_decided(station, is_upheld, stars):
    place, keeper, officer, inspector = station
    made = make_objection(place, keeper, now=NOW)
    assert (
        services.object_to_stars(by=keeper, rating=made.rating, words="再说一遍", now=NOW) == made
    )
    with pytest.raises(Conflict):
        services.object_to_stars(by=officer.account, rating=made.rating, words="也不对", now=NOW)
    assert services.put_into_force(now=NOW + 30 * DAY) == 0
    with pytest.raises(Conflict):
        decide(officer, made, is_upheld)
    with pytest.raises(Invalid):
        decide(inspector, made, is_upheld, answer="")
    decided = decide(inspector, made, is_upheld)
    assert decide(inspector, made, not is_upheld).is_upheld == decided.is_upheld == is_upheld
    place.refresh_from_db()
    assert place.stars == stars
    assert kinds(keeper)[-1] == ("place.stars_stay" if is_upheld else "place.stars_refused")


def decide(post, made, is_upheld, answer="查过停水公告"):
    return services.decide_objection(
        by=post, objection=made, is_upheld=is_upheld, answer=answer, now=NOW
    )


def test_too_late_to_object_and_nothing_by_hand_without_a_reason(station):
    place, keeper, officer, inspector = station
    make_rating(place, now=NOW)
    fewer = make_rating(place, stars=1, now=NOW)
    with pytest.raises(TooLate):
        services.object_to_stars(by=keeper, rating=fewer, words="不对的", now=NOW + 30 * DAY)
    for post, given, reason, error in (
        (inspector, 4, "", Invalid),
        (inspector, 6, "现场核查", Invalid),
        (officer, 5, "我们做得很好", Conflict),
    ):
        with pytest.raises(error):
            services.set_stars(by=post, place=place, stars_given=given, reason=reason, now=NOW)
    palace = make_place(place.union, name="文化宫", kind="palace", now=NOW)
    with pytest.raises(Conflict):
        services.set_stars(by=inspector, place=palace, stars_given=5, reason="现场核查", now=NOW)


def test_pages_of_stars(station, client, django_assert_num_queries):
    place, keeper, _officer, inspector = station
    run()
    make_objection(place, keeper, now=NOW)
    desk = officer_client(inspector)
    url = f"/desk/places/{place.code}/stars/"
    with clock.stopped_at(NOW):
        assert "不少于 30 平方米" in client.get("/places/stars/").content.decode()
        for page in ("/desk/places/stars/", url):
            desk.get(page)
        with django_assert_num_queries(2):
            client.get(f"/places/{place.code}/stars/")
        with django_assert_num_queries(7):
            assert place.name in desk.get("/desk/places/stars/?stars=5").content.decode()
        with django_assert_num_queries(5):
            assert "市政停水" in desk.get(url).content.decode()
        objection = StarRating.objects.exclude(objection=None).get().objection
        decision = f"/desk/places/objections/{objection.pk}/"
        assert desk.post(decision, {"verdict": "upheld", "answer": ""}).status_code == 422
        desk.post(decision, {"verdict": "upheld", "answer": "查过停水公告"})
        assert "异议成立" in client.get(f"/places/{place.code}/stars/").content.decode()
        assert desk.post(f"{url}by-hand/", {"stars": "2", "reason": ""}).status_code == 422
        desk.post(f"{url}by-hand/", {"stars": "2", "reason": "整改期间"})
        mine = signed_in(keeper)
        wrong = mine.post(f"/keeping/{place.code}/stars/", {"words": ""})
        assert wrong.status_code == 422
        mine.post(f"/keeping/{place.code}/stars/", {"words": "整改已经完成了"})
        assert "已有人提出异议" in mine.get(f"/keeping/{place.code}/stars/").content.decode()


TERMS = {**NATIONAL.values(), "area_three": 15, "area_four": 20, "inspected_days": 60}


def test_a_province_asks_for_its_own_and_each_rating_keeps_what_it_was_judged_by(station, client):
    place, *_others = station
    Place.objects.filter(pk=place.pk).update(area_m2=22)
    county = place.union.parent
    province = county.parent.parent
    run(month=dt.date(2026, 10, 1))
    services.set_star_terms(by=make_post(union=province), union=province, values=TERMS, now=NOW)
    run()
    before, after = (StarRating.objects.get(month=dt.date(2026, month, 1)) for month in (10, 11))
    assert ("area-30", False) in {(each["key"], each["held"]) for each in before.findings}
    assert (after.stars, after.terms["area_four"], before.terms["area_four"]) == (5, 20, 30)
    # A city below asks for more again; another province knows nothing of it.
    services.set_star_terms(
        by=make_post(union=county.parent),
        union=county.parent,
        values={**TERMS, "area_four": 40},
        now=NOW,
    )
    own = star_terms.by_path(star_terms.list_terms())
    assert star_terms.terms_at(place.union.path, own).area_four == 40
    assert star_terms.terms_at(make_union().path, own) == NATIONAL
    page = f"/places/{place.code}/stars/"
    assert "不少于 20 平方米" in client.get(page).content.decode()
    assert "不少于 40 平方米" in client.get(f"/places/stars/?place={place.code}").content.decode()
    rules_of = client.get(f"/api/v1/place-stars/rules?place={place.code}").json()
    assert rules_of["terms"]["area_four"] == 40
    services.drop_star_terms(by=make_post(union=county.parent), union=county.parent)
    assert star_terms.as_terms(star_terms.find_terms(place.union)).area_four == 20


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"area_four": 9}, "area_four"),
        ({"on_time_four": 101}, "on_time_four"),
        ({"extended": -1}, "extended"),
    ],
)
def test_terms_that_cannot_be_are_refused_beside_their_field(station, changed, field):
    province = station[0].union.parent.parent.parent
    with pytest.raises(Invalid) as refused:
        services.set_star_terms(
            by=make_post(union=province), union=province, values={**TERMS, **changed}, now=NOW
        )
    assert set(refused.value.fields) == {field}


def test_the_page_of_terms(station):
    county = station[0].union.parent
    city = county.parent
    desk = officer_client(make_post(union=city))
    page = f"/desk/places/star-terms/?union={city.number}"
    assert "全国标准：30" in desk.get(page).content.decode()
    wrong = desk.post(page, {**TERMS, "area_four": "很大", "extended": "-1"})
    assert (wrong.status_code, "很大" in wrong.content.decode()) == (422, True)
    # Both are said at once.
    assert set(wrong.context["form"].errors) == {"area_four", "extended"}
    assert desk.post(page, TERMS).status_code == 302
    assert "本会" in desk.get(page).content.decode()
    # A county has none of its own, and an officer of a county none of its city's.
    below = f"/desk/places/star-terms/?union={county.number}"
    assert "评星标准" in desk.get(below).content.decode()
    assert desk.post(below, TERMS).status_code == 422
    assert StarTerms.objects.count() == 1
    stranger = officer_client(make_post(union=county))
    assert stranger.post(page, TERMS).status_code == 404
    answer = desk.get(f"/api/v1/desk/star-terms/{county.number}").json()
    assert (answer["set_by"], answer["terms"]["area_four"]) == (city.number, 20)
    desk.post(f"/desk/places/star-terms/removal/?union={city.number}")
    assert StarTerms.objects.count() == 0
    assert cost(desk, page) == 5
