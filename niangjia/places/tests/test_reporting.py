"""Reports: shown at once, believed by three, throttled, told to whoever keeps the place."""

import datetime as dt
import re

import pytest

from niangjia.core import clock
from niangjia.core.errors import Throttled
from niangjia.members.models import Notice, Role
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.forms import reporting as reporting_form
from niangjia.places.models import Keeper, Problem, Report, Said
from niangjia.places.rules import truth
from niangjia.places.rules.facilities import wanted
from niangjia.places.rules.finding import Criteria
from niangjia.places.rules.voices import Speaker
from niangjia.places.selectors.keepers import answers_for
from niangjia.places.selectors.nearest import find_nearest
from niangjia.places.selectors.places import MOST_NEWS
from niangjia.places.services import reporting
from niangjia.places.tests.factories import make_keeper, make_place

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def place():
    with clock.stopped_at(NOW):
        yield make_place(make_union(), now=NOW)


def speaker(n):
    return Speaker(account=f"account-{n}", device=f"device-{n}", address=f"10.{n}.0.1")


def say(place, n, said=Said.CLOSED, now=NOW, **fields):
    return services.report_place(place=place, said=said, speaker=speaker(n), now=now, **fields)


def is_found(place, now=NOW, has=()):
    near = Position(place.longitude, place.latitude)
    return bool(find_nearest(Criteria(near=near, wanted=wanted(has)), now=now).items)


def test_the_third_voice_takes_it_out_of_what_is_open_and_time_puts_it_back(place):
    for n in (1, 2):
        say(place, n)
        assert is_found(place)
    say(place, 3)
    assert not is_found(place)
    assert not is_found(place, NOW + truth.WINDOW - MINUTE)
    assert is_found(place, NOW + truth.WINDOW)


def test_the_nightly_task_and_the_reports_agree(place):
    for n in (1, 2, 3):
        say(place, n)
    services.refresh_openings(now=NOW)
    assert not is_found(place)
    services.refresh_openings(now=NOW + truth.WINDOW)
    assert is_found(place, NOW + truth.WINDOW)


def test_found_shut_when_it_is_meant_to_be_opens_nothing_and_tells_nobody(client):
    """Ten at night and seven in the morning, of a station that is open from eight to eight."""
    with clock.stopped_at(NOW):
        place = make_place(make_union(), now=NOW, hours="Mo-Su 08:00-20:00")
        make_post(union=place.union, role=Role.MEMBERSHIP_OFFICER)
    night, morning = NOW + 8 * HOUR, NOW + 18 * HOUR - 10 * MINUTE
    for moment in (night, morning):
        for n in (1, 2, 3):
            say(place, n, now=moment)
    assert is_found(place, morning + 11 * MINUTE)
    assert not Problem.objects.exists()
    assert not Notice.objects.exists()
    with clock.stopped_at(night + HOUR):
        sent = client.post(f"/places/{place.code}/reports/", {"said": "closed"}, follow=True)
    assert "现在本来就不开放" in sent.content.decode()


def test_it_is_shut_no_longer_than_the_hours_in_which_it_was_found_shut():
    with clock.stopped_at(NOW):
        place = make_place(make_union(), now=NOW, hours="Mo-Su 08:00-15:00,16:00-20:00")
    for n in (1, 2, 3):
        say(place, n, now=NOW + 30 * MINUTE)
    assert not is_found(place, NOW + 40 * MINUTE)
    assert is_found(place, NOW + 2 * HOUR)
    assert Problem.objects.filter(about="open").count() == 1


def test_what_is_missing_is_not_found_by_it_and_comes_back(place):
    for n in (1, 2, 3):
        say(place, n, Said.LACKS, facility="water")
    assert not is_found(place, has=["water"])
    assert is_found(place, has=["meal"])
    later = NOW + truth.WINDOW
    assert is_found(place, later, has=["water"])
    assert services.weigh_again(now=later) == 1
    assert services.weigh_again(now=later) == 0


def test_ten_thousand_reports_from_one_phone_stop_at_a_few(place):
    for _n in range(reporting.OF_PLACE[0].count):
        say(place, 1)
    with pytest.raises(Throttled):
        say(place, 1)
    assert is_found(place)


def test_without_the_throttle_they_would_all_be_written_and_still_shut_nothing(place, monkeypatch):
    """A control for the throttle; the rule holds without it."""
    monkeypatch.setattr(reporting.throttles, "take", lambda *_args, **_named: None)
    for _n in range(30):
        say(place, 1)
    assert Report.objects.count() == 30
    assert is_found(place)


def test_the_keepers_are_told_once_of_a_word_and_again_of_a_change(place):
    officer = make_post(union=place.union, role=Role.MEMBERSHIP_OFFICER).account
    worker = make_account()
    Keeper.objects.create(place=place, account=worker, known_as="王师傅", since_at=NOW)
    for n in (1, 2, 3):
        say(place, n)
    for account in (officer, worker):
        kinds = Notice.objects.filter(account=account).values_list("kind", flat=True)
        assert sorted(kinds) == ["place.reported", "place.shut"]


def test_a_keeper_who_contradicts_the_third_of_a_day_is_told_to_the_union(place):
    officer = make_post(union=place.union, role=Role.MEMBERSHIP_OFFICER).account
    keeper = make_keeper(place, make_account(), now=NOW).account
    for n in (1, 2, 3):
        say(place, n, now=NOW + n * HOUR)
        services.tick_opening(by=keeper, place=place, now=NOW + n * HOUR + MINUTE)
    told = Notice.objects.filter(account=officer, kind="place.contradicted")
    assert [each.facts["number"] for each in told] == [3]
    services.tick_opening(by=keeper, place=place, now=NOW + 4 * HOUR)
    assert told.count() == 1


def test_what_is_not_where_the_map_says_is_to_be_mended_and_told(place):
    officer = make_post(union=place.union, role=Role.MEMBERSHIP_OFFICER).account
    for n in (1, 2):
        say(place, n, Said.MOVED, now=NOW + n * 5 * HOUR)
        assert not Problem.objects.exists()
    say(place, 3, Said.MOVED, now=NOW + 15 * HOUR)
    assert Problem.objects.get().about == "found"
    told = Notice.objects.filter(account=officer, kind="place.problem")
    assert told.count() == 1


def test_the_list_says_how_many_found_it_shut_though_it_changes_nothing(client, place):
    for n in (1, 2):
        services.report_place(
            place=place, said=Said.CLOSED, speaker=Speaker(address=f"10.{n}.0.1"), now=NOW
        )
    near = {"near": f"{place.latitude},{place.longitude}"}
    with clock.stopped_at(NOW + MINUTE):
        page = client.get("/places/", near).content.decode()
        [listed] = client.get("/api/v1/places", near).json()["items"]
        shown = client.get(f"/api/v1/places/{place.code}").json()
    assert "2 人说没开门" in page
    assert listed["found_shut"] == shown["found_shut"] == 2
    assert is_found(place)


def test_true_words_before_it_opens_say_nothing_about_it_afterwards(client, place):
    """And what came before a keeper's word is answered by it."""
    early = NOW.replace(hour=23, minute=50) - dt.timedelta(days=1)  # 7:50 in China; it opens at 8
    services.change_hours(by=None, place=place, hours="Mo-Su 08:00-20:00", now=early - HOUR)
    for n in (1, 2):
        who = Speaker(address=f"10.{n}.0.1")
        services.report_place(place=place, said=Said.CLOSED, speaker=who, now=early)
    near = {"near": f"{place.latitude},{place.longitude}"}

    def found_shut(now):
        with clock.stopped_at(now):
            [listed] = client.get("/api/v1/places", near).json()["items"]
            shown = client.get(f"/api/v1/places/{place.code}").json()
        assert listed["found_shut"] == shown["found_shut"]
        return shown["found_shut"]

    assert found_shut(early + 15 * MINUTE) == 0
    late = early + 30 * MINUTE
    services.report_place(
        place=place, said=Said.CLOSED, speaker=Speaker(address="10.3.0.1"), now=late
    )
    assert found_shut(late + MINUTE) == 1
    services.report_place(
        place=place,
        said=Said.OPEN,
        speaker=Speaker(address="10.4.0.1"),
        by_keeper=True,
        now=late + MINUTE,
    )
    assert found_shut(late + 2 * MINUTE) == 0


def test_who_spoke_is_forgotten_after_a_day_and_what_they_said_stays(place):
    report = say(place, 1)
    other = say(make_place(place.union, now=NOW, name="另一处驿站"), 1)
    assert report.account_digest != other.account_digest
    assert services.forget_speakers(now=NOW + dt.timedelta(hours=23)) == 0
    assert services.forget_speakers(now=NOW + dt.timedelta(hours=25)) == 2
    report.refresh_from_db()
    assert report.said == Said.CLOSED
    assert report.account_digest is report.device_digest is report.network_digest is None


def test_a_visitor_taps_and_the_next_one_sees_it(client, place):
    url = f"/places/{place.code}/"
    response = client.post(f"{url}reports/", {"said": "closed"}, follow=True)
    assert response.redirect_chain == [(url, 302)]
    assert "没开门" in response.content.decode()
    report = Report.objects.get()
    assert report.account_digest is None
    assert client.cookies["stations"].value
    client.post(f"{url}reports/", {"said": "lacks:water"})
    assert Report.objects.filter(facility="water", device_digest__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("has", "beside"),
    [(["toilet", "wifi", "water"], ["water", "toilet"]), (["water"], ["water"]), (["wifi"], [])],
)
def test_that_water_or_toilet_fail_is_one_tap_where_the_place_has_them(client, place, has, beside):
    place.facilities = has
    place.save(update_fields=["facilities"])
    shown = client.get(f"/places/{place.code}/").content.decode()
    at_once, more = shown.split('<p class="say">')[1].split("</p>", 1)
    assert re.findall(r'value="lacks:(\w+)"', at_once) == beside
    folded = re.findall(r'value="lacks:(\w+)"', more)
    assert sorted(beside + folded) == sorted(has)


def test_many_words_of_one_phone_do_not_drown_what_three_said(client, place):
    """The page weighs all that the search weighs, and shows the newest."""
    for n in (1, 2, 3):
        say(place, n)
    for n in range(MOST_NEWS + 1):
        made_up = Speaker(device=f"device-{n}", address="10.9.0.1")
        services.report_place(place=place, said=Said.OPEN, speaker=made_up, now=NOW)
    assert not is_found(place)
    shown = client.get(f"/places/{place.code}/").context["page"]
    assert shown.is_said_shut
    assert len(shown.said_lately) == MOST_NEWS


def test_a_browsers_name_counts_with_our_proof_alone(rf):
    made = reporting_form.new_device()
    name, _dot, proof = made.partition(".")
    for sent, told in (
        (made, name),
        (name, ""),
        (f"{'a' * 32}.{proof}", ""),
        (f"{name}.", ""),
        (f"{name}.驿", ""),
        ("", ""),
        (".", ""),
    ):
        request = rf.get("/")
        request.COOKIES["stations"] = sent
        assert reporting_form.device_of(request) == told


@pytest.mark.parametrize("said", ["", "nonsense", "lacks", "lacks:aed", "open:water", "lacks:\n"])
def test_what_cannot_be_said_is_answered_on_the_page(client, place, said):
    response = client.post(f"/places/{place.code}/reports/", {"said": said})
    assert response.status_code == 422
    assert place.name in response.content.decode()
    assert not Report.objects.exists()


def test_the_keepers_word_counts_at_once(place):
    for n in (1, 2, 3):
        say(place, n)
    assert not is_found(place)
    client = officer_client(make_post(union=place.union, role=Role.MEMBERSHIP_OFFICER))
    with clock.stopped_at(NOW + MINUTE):
        client.post(f"/places/{place.code}/reports/", {"said": "open"})
    assert Report.objects.get(said=Said.OPEN).by_keeper
    assert not answers_for(make_account(), place)
    assert is_found(place, NOW + MINUTE)


def test_the_page_asks_seven_questions(client, place, django_assert_num_queries):
    client.get(f"/places/{place.code}/")
    with django_assert_num_queries(7):
        response = client.get(f"/places/{place.code}/")
    page = response.content.decode()
    assert "24 小时开放" in page
    assert "uri.amap.com" in page


def test_a_draft_and_nonsense_are_missing_alike(client, place):
    for code in ("1", "x" * 40, "3307820000018"):
        assert client.get(f"/places/{code}/").status_code == 404
        assert client.post(f"/places/{code}/reports/", {"said": "open"}).status_code == 404
