"""The working calendar is edited by whoever is in charge of it, and promised days follow."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.core import clock, outbox, working_calendar
from niangjia.core.errors import Invalid, NotFound, TooLate
from niangjia.core.models import AuditEntry, CalendarYear, OutboxEvent, WorkingDay
from niangjia.core.working_calendar.deadlines import load
from niangjia.members import services
from niangjia.members.models import Notice, Reach, Role
from niangjia.members.selectors.calendar import may_edit_calendar
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import MONDAY, make_application
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_division, make_root, make_union

pytestmark = pytest.mark.django_db

#: Three working days from MONDAY end on Thursday; the Wednesday before becomes a day off.
WEDNESDAY = dt.date(2026, 11, 25)
THURSDAY, FRIDAY = dt.date(2026, 11, 26), dt.date(2026, 11, 27)
URL = "/desk/calendar/"


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def country():
    return make_post(union=make_root(), role=Role.ADMINISTRATOR)


@pytest.fixture
def province(country):
    division = make_division("浙江省", code="330000", level=1, parent=country.union.division)
    union = make_union(
        "浙江省总工会", kind=Kind.FEDERATION, parent=country.union, division=division
    )
    return make_post(union=union, role=Role.ADMINISTRATOR)


def set_day(post, **given):
    wanted = {
        "date": WEDNESDAY,
        "province": "",
        "is_working": False,
        "name": "临时放假",
        "source": "国办发明电〔2026〕1 号",
    }
    return services.set_working_day(by=post.account, now=MONDAY, **{**wanted, **given})


def typed(**given):
    return {
        "date": "2026-11-25",
        "kind": "off",
        "province": "",
        "name": "临时放假",
        "source": "国办发明电〔2026〕1 号",
        **given,
    }


class TestWhoIsInCharge:
    def test_the_root_for_all_and_a_province_for_itself(self, country, province):
        assert may_edit_calendar([country], "")
        assert may_edit_calendar([country], "33")
        assert may_edit_calendar([province], "33")
        assert not may_edit_calendar([province], "")
        assert not may_edit_calendar([province], "45")

    def test_a_root_post_without_reach_is_in_charge_of_the_country_only(self, country):
        country.reach = Reach.UNION
        assert may_edit_calendar([country], "")
        assert not may_edit_calendar([country], "33")

    def test_nobody_else(self, country, province):
        below = make_post(union=make_union(parent=province.union), role=Role.ADMINISTRATOR)
        analyst = make_post(union=country.union, role=Role.ANALYST)
        for post in (below, analyst):
            for where in ("", "33"):
                with pytest.raises(NotFound):
                    set_day(post, province=where)
        with pytest.raises(NotFound):
            set_day(province)
        with pytest.raises(NotFound):
            services.confirm_year(by=province.account, year=2027, source="x", now=MONDAY)


class TestEntering:
    def test_a_day_counts_is_recorded_and_told_once(self, country):
        set_day(country)
        set_day(country)
        assert not working_calendar.is_working_day(WEDNESDAY)
        assert AuditEntry.objects.filter(action="calendar.day_set").count() == 1
        assert OutboxEvent.objects.filter(type="core.WorkingDayChanged").count() == 1

    def test_a_weekend_day_of_a_public_holiday_is_one(self, country):
        """As those of years that are known; hours for public holidays hang on it."""
        saturday = dt.date(2027, 10, 2)
        set_day(country, date=saturday, name="国庆节")
        assert load(saturday, saturday, "33").exceptions == {saturday: False}
        assert not working_calendar.is_working_day(saturday)

    def test_taking_it_back(self, country):
        set_day(country)
        services.clear_working_day(by=country.account, date=WEDNESDAY, province="", now=MONDAY)
        assert working_calendar.is_working_day(WEDNESDAY)
        assert AuditEntry.objects.filter(action="calendar.day_cleared").count() == 1
        with pytest.raises(NotFound):
            services.clear_working_day(by=country.account, date=WEDNESDAY, province="", now=MONDAY)

    @pytest.mark.parametrize(
        ("given", "field", "error"),
        [
            ({"name": " "}, "name", Invalid),
            ({"source": ""}, "source", Invalid),
            ({"is_working": True}, "date", Invalid),
            ({"date": dt.date(2026, 11, 22)}, "date", TooLate),
            ({"date": dt.date(2030, 1, 1)}, "date", Invalid),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(self, country, given, field, error):
        with pytest.raises(error) as refusal:
            set_day(country, **given)
        assert list(refusal.value.fields) == [field]

    def test_a_year_is_certain_once_somebody_says_so(self, country):
        CalendarYear.objects.filter(year=2027).delete()
        WorkingDay.objects.filter(date__year=2027).delete()
        with pytest.raises(Invalid):
            services.confirm_year(by=country.account, year=2027, source="国务院", now=MONDAY)
        set_day(country, date=dt.date(2027, 1, 1), name="元旦")
        assert not working_calendar.deadline(dt.date(2026, 12, 31), 2).is_certain
        services.confirm_year(by=country.account, year=2027, source="国务院", now=MONDAY)
        assert working_calendar.deadline(dt.date(2026, 12, 31), 2).is_certain


class TestPromisedDays:
    @pytest.fixture
    def application(self, country):
        return make_application(
            union=make_union(parent=country.union, answer_working_days=3), now=MONDAY
        )

    def due(self, application):
        application.refresh_from_db()
        return application.due_at.astimezone(clock.CHINA).date()

    def test_a_day_off_moves_them_and_the_applicant_is_told(self, country, application):
        assert self.due(application) == THURSDAY
        set_day(country)
        outbox.deliver_pending()
        assert self.due(application) == FRIDAY
        notice = Notice.objects.get(kind="application.due_moved", account=application.account)
        assert notice.facts["due_at"] == application.due_at.isoformat()
        assert services.move_due_dates(date=WEDNESDAY, province="", now=MONDAY) == 0

    def test_control_nobody_hears_of_it_without_the_handler(
        self, country, application, monkeypatch
    ):
        from niangjia.core.outbox import events

        monkeypatch.setitem(events.handlers, "core.WorkingDayChanged", {})
        set_day(country)
        outbox.deliver_pending()
        assert self.due(application) == THURSDAY

    def test_taking_it_back_moves_them_back(self, country, application):
        set_day(country)
        outbox.deliver_pending()
        services.clear_working_day(by=country.account, date=WEDNESDAY, province="", now=MONDAY)
        outbox.deliver_pending()
        assert self.due(application) == THURSDAY

    def test_what_was_promised_counts_not_what_the_union_promises_today(self, country, application):
        application.union.answer_working_days = 9
        application.union.save()
        set_day(country)
        outbox.deliver_pending()
        assert self.due(application) == FRIDAY

    def test_nobody_is_late_by_decree(self, country, application):
        set_day(country)
        outbox.deliver_pending()
        friday_noon = MONDAY + dt.timedelta(days=4, hours=2)
        WorkingDay.objects.filter(date=WEDNESDAY).delete()
        services.move_due_dates(date=WEDNESDAY, province="", now=friday_noon)
        assert self.due(application) == FRIDAY

    def test_another_province_s_day_moves_nothing(self, country, application):
        elsewhere = "45" if application.handled_by.division_id[:2] != "45" else "44"
        set_day(country, province=elsewhere)
        outbox.deliver_pending()
        assert self.due(application) == THURSDAY

    def test_what_is_answered_stays(self, country, application):
        services.withdraw_application(
            account=application.account, application=application, now=MONDAY
        )
        assert services.move_due_dates(date=WEDNESDAY, province="", now=MONDAY) == 0


class TestThePage:
    def test_a_year_at_a_glance(self, country, province, django_assert_num_queries):
        client = officer_client(country)
        with django_assert_num_queries(6):
            page = client.get(URL, {"year": "2026"}).content.decode()
        assert "国庆节" in page
        assert "10 月" in page.replace("年10月", "年 10 月")
        assert "<small>休</small>" in page
        assert "<small>班</small>" in page

    def test_a_year_nobody_knows_says_so(self, country):
        CalendarYear.objects.filter(year=2027).delete()
        assert "还没有公布" in officer_client(country).get(URL, {"year": "2027"}).content.decode()

    def test_entering_and_taking_back(self, country):
        client = officer_client(country)
        assert client.post(URL, typed()).status_code == 302
        assert not working_calendar.is_working_day(WEDNESDAY)
        gone = client.post(reverse("members:calendar_clearing"), {"date": "2026-11-25"})
        assert gone.status_code == 302
        assert working_calendar.is_working_day(WEDNESDAY)
        again = client.post(reverse("members:calendar_clearing"), {"date": "2026-11-25"})
        assert again.status_code == 404

    def test_what_was_typed_is_not_lost(self, country):
        answer = officer_client(country).post(URL, typed(date="2026-11-22"))
        assert answer.status_code == 422
        assert "国办发明电〔2026〕1 号" in answer.content.decode()
        assert "过去的日子不再改动" in answer.content.decode()

    def test_a_province_is_offered_its_own_only(self, province):
        client = officer_client(province)
        page = client.get(URL).context["form"]
        assert [code for code, _name in page.fields["province"].choices] == ["33"]
        assert client.post(URL, typed()).status_code == 404
        assert client.post(URL, typed(province="33")).status_code == 302
        assert working_calendar.is_working_day(WEDNESDAY)
        assert not working_calendar.is_working_day(WEDNESDAY, province="33")

    def test_below_it_is_read_only(self, province):
        county = make_post(union=make_union(parent=province.union), role=Role.ADMINISTRATOR)
        answer = officer_client(county).get(URL)
        assert answer.status_code == 200
        assert answer.context["form"] is None

    @pytest.mark.parametrize("query", ["year=x", "year=99999", "province=zz", "year=1"])
    def test_nonsense_in_the_address_is_no_error(self, country, query):
        assert officer_client(country).get(f"{URL}?{query}").status_code == 200

    def test_completing_a_year(self, country):
        CalendarYear.objects.filter(year=2027).delete()
        client, url = officer_client(country), reverse("members:calendar_year")
        set_day(country, date=dt.date(2027, 1, 1), name="元旦")
        assert client.post(url, {"year": "2027", "source": ""}).status_code == 422
        assert client.post(url, {"year": "2027", "source": "国务院"}).status_code == 302
        assert working_calendar.is_known(2027)


class TestTheApi:
    def test_everybody_reads_it(self, client):
        answer = client.get("/api/v1/calendar?year=2026").json()
        assert answer["is_known"] is True
        assert {"date": "2026-10-01", "is_working": False}.items() <= next(
            day for day in answer["items"] if day["date"] == "2026-10-01"
        ).items()
        assert client.get("/api/v1/calendar?year=2040").json()["is_known"] is False

    def test_those_in_charge_edit_it(self, country, province):
        body = {"date": "2026-11-25", "is_working": False, "name": "放假", "source": "通知"}

        def send(post, what, body):
            return officer_client(post).post(
                f"/api/v1/desk/calendar/{what}", body, content_type="application/json"
            )

        assert send(province, "days", body).status_code == 404
        assert send(country, "days", body).json()["name"] == "放假"
        assert not working_calendar.is_working_day(WEDNESDAY)
        assert send(country, "clearings", {"date": "2026-11-25"}).status_code == 204
        assert send(country, "clearings", {"date": "2026-11-25"}).status_code == 404
        past = send(country, "days", {**body, "date": "2026-11-22"})
        assert (past.status_code, past.json()["errors"][0]["field"]) == (410, "date")
