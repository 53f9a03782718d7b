"""What a station asked for and nobody answered becomes a case, once, and ends with it."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import Case, State, Way
from niangjia.cases.rules import content, station_supplies
from niangjia.cases.selectors.letters import list_owed
from niangjia.cases.services import catalogue
from niangjia.cases.tests.factories import fresh, make_case, make_officer, publish
from niangjia.core import clock, outbox, protection
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import officer_client
from niangjia.places import services as places
from niangjia.places.models import Asked
from niangjia.places.rules.facilities import BY_KEY
from niangjia.places.rules.voices import Speaker
from niangjia.places.tests.factories import make_keeper, make_place

pytestmark = pytest.mark.django_db
#: A Tuesday: its second working day after ends with Thursday.
NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
THURSDAY = dt.datetime(2026, 11, 26, 15, 30, tzinfo=dt.UTC)
FRIDAY = dt.datetime(2026, 11, 26, 16, 30, tzinfo=dt.UTC)
[DOCUMENT] = [each for each in catalogue.seeds() if each["key"] == station_supplies.ITEM]


@pytest.fixture
def station(chain):
    """A station of a grassroots union, in a county that has such cases."""
    publish(DOCUMENT)
    with clock.stopped_at(NOW):
        yield make_place(chain[3], now=NOW, facilities=("water", "medicine"))


def ask(place, *, account=None):
    return places.ask_for_supplies(
        place=place,
        what="桶装水",
        facility="water",
        speaker=Speaker(device="d1", address="10.0.0.1"),
        account=account,
        now=NOW,
    )


def raised(place, *, now=NOW, account=None):
    """A request that has its case, and the case."""
    request = ask(place, account=account)
    with clock.stopped_at(now):
        outbox.deliver_pending()
    request.refresh_from_db()
    return request, case_of(request)


def case_of(request):
    request.refresh_from_db()
    with protection.working("test"):
        return Case.objects.select_related("handler").filter(pk=request.case_id).first()


def count_cases():
    with protection.working("test"):
        return Case.objects.count()


def finish(case, officer, step, outcome, **said):
    services.take_step(by=officer, case_id=case.pk, step=step, outcome=outcome, now=NOW, **said)
    outbox.deliver_pending()


def test_where_nobody_keeps_the_place_it_is_a_case_at_once_and_only_one(station, chain):
    worker = make_account()
    request, case = raised(station, account=worker)
    assert (case.way, case.handler, case.applicant_id) == (Way.INNER, chain[2], None)
    assert (request.case_number, request.raised_at) == (case.number, NOW)
    assert services.open_for_station(request_id=request.pk, now=NOW) is None
    ask(station, account=make_account())
    outbox.deliver_pending()
    assert count_cases() == 1
    told = Notice.objects.filter(account=worker).values_list("kind", flat=True)
    assert list(told) == ["place.supply_raised"]
    chair = make_officer(chain[2])
    reading = services.read_case(by=chair.account, posts=[chair], number=case.number, now=NOW)
    assert reading.told.answers["needs"] == ["water"]
    assert "桶装水" in reading.told.answers["details"]


def test_where_somebody_keeps_it_they_have_two_working_days(station):
    make_keeper(station, make_account(), now=NOW)
    request, case = raised(station)
    assert case is None
    assert places.raise_unanswered(now=THURSDAY) == 0
    assert places.raise_unanswered(now=FRIDAY) == 1
    assert places.raise_unanswered(now=FRIDAY) == 0
    outbox.deliver_pending()
    assert case_of(request) is not None


def test_what_was_answered_or_closed_meanwhile_needs_none(station, chain):
    request = ask(station)
    places.send_supplies(by=make_officer(chain[3]), request=request, now=NOW)
    outbox.deliver_pending()
    other = places.ask_for_supplies(
        place=station, what="纸杯", speaker=Speaker(device="d2", address="10.0.0.2"), now=NOW
    )
    places.close_place(by=None, place=station, reason="拆迁", now=NOW)
    outbox.deliver_pending()
    assert count_cases() == 0
    for each in (request, other):
        each.refresh_from_db()
        assert (each.state, "拆迁" in each.reason) == (Asked.DECLINED, True)


def test_where_the_item_is_not_offered_the_request_goes_on_without(chain):
    request, case = raised(make_place(chain[3], now=NOW))
    assert (case, request.state) == (None, Asked.ASKED)


@pytest.mark.parametrize(
    ("outcome", "words", "state", "reason"),
    [
        ("fine", "", Asked.ARRIVED, ""),
        ("elsewhere", "已经转告社区居委会处理", Asked.DECLINED, "不是工会办的"),
    ],
)
def test_the_end_of_the_case_ends_the_request(station, chain, outcome, words, state, reason):
    request, case = raised(station)
    finish(case, make_officer(chain[2]), "check", outcome, words=words)
    request.refresh_from_db()
    assert request.state == state
    assert reason in request.reason
    assert fresh(case).state == State.CLOSED


def test_what_the_station_has_meanwhile_stops_the_case(station, chain):
    request, case = raised(station)
    places.receive_supplies(by=make_account(), request=request, now=NOW)
    outbox.deliver_pending()
    assert fresh(case).state == State.WITHDRAWN
    assert services.stop_for_station(request_id=request.pk, now=NOW) is False
    request.refresh_from_db()
    assert request.state == Asked.ARRIVED


def test_officers_read_the_number_and_whoever_asked_how_it_stands(station, chain, client):
    _request, case = raised(station)
    chair, desk = make_officer(chain[3]), "/desk/places/requests/"
    assert f"/desk/cases/{case.number}/" in officer_client(chair).get(desk).content.decode()
    public = client.get(f"/places/{station.code}/").content.decode()
    assert "已转成办件" in public
    assert case.number not in public


def test_every_end_of_the_item_answers_the_request_and_every_need_is_one_of_its_own():
    item = content.read(DOCUMENT)
    results = {each.result for step in item.steps for each in step.outcomes if each.result}
    assert results <= {*station_supplies.MET, *station_supplies.REFUSALS}
    needs = DOCUMENT["form"]["schema"]["properties"]["needs"]["items"]["enum"]
    assert set(station_supplies.NEEDS.values()) < set(needs)
    assert set(station_supplies.NEEDS) < set(BY_KEY)


def test_a_decision_is_a_letter_to_whoever_asked_and_to_nobody_where_a_station_did(station, chain):
    chair = make_officer(chain[2])
    _request, inner = raised(station)
    answers = {
        "station": "小商品城驿站",
        "needs": ["microwave"],
        "details": "微波炉坏了",
        "cost": 900,
    }
    asked = make_case(
        union=chain[2], document=DOCUMENT, **answers, is_keeper=True, unsafe=False, now=NOW
    )
    item = content.read(DOCUMENT)
    owed = []
    for case in (inner, asked):
        finish(case, chair, "check", "approve")
        finish(case, chair, "approval", "approved", answers={"amount": 900})
        with protection.working("test"):
            owed.append([each.template.key for each in list_owed(fresh(case), item, [])])
    assert owed == [[], ["granted"]]
