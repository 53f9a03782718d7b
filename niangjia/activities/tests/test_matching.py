"""Naming others: adults who agreed, in its time, found only if both did, erased after a term."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.activities import services
from niangjia.activities.models import (
    Match,
    MatchChoice,
    MatchGuest,
    MatchReport,
    MatchWindow,
    SignUp,
)
from niangjia.activities.rules.matching import Terms
from niangjia.activities.selectors.matching import access_side
from niangjia.activities.services import matching
from niangjia.activities.tests.factories import join, make_organiser, make_worker
from niangjia.activities.tests.matching import (
    HOUR,
    make_adult,
    make_evening,
    make_meeting_draft,
    services_with,
    take_part,
)
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db


def side(evening, number, now=None):
    guest = evening.guests[number - 1]
    return access_side(guest.account, str(guest.pk), now=now or evening.now)


def found(evening, number):
    return [(each.number, each.contact) for each in side(evening, number, evening.over).found]


def test_who_names_each_other_finds_each_other_and_nobody_else_does():
    evening = make_evening(4)
    for one, two in ((1, 2), (2, 1), (1, 3), (4, 1)):
        evening.choose(one, two)
    assert (side(evening, 1).chosen, side(evening, 1).found) == ([2, 3], [])
    assert matching.settle_due(now=evening.now) == 0
    assert [matching.settle_due(now=evening.over) for _twice in range(2)] == [1, 0]
    assert found(evening, 1) == [(2, "微信 guest客人2")]
    assert found(evening, 2) == [(1, "微信 guest客人1")]
    assert (found(evening, 3), found(evening, 4)) == ([], [])
    assert not MatchChoice.objects.exists()
    told = [
        list(Notice.objects.filter(account=each.account).values_list("kind", flat=True))
        for each in evening.guests
    ]
    assert told == [["matching.settled"]] * 4


def test_a_choice_is_taken_back_until_the_window_closes_and_not_after():
    evening = make_evening(2)
    evening.choose(1, 2)
    evening.choose(2, 1)
    evening.unchoose(2, 1)
    matching.settle_due(now=evening.over)
    assert (found(evening, 1), found(evening, 2)) == ([], [])
    for act in (evening.choose, evening.unchoose):
        with pytest.raises(TooLate):
            act(1, 2)
    late = make_evening(2)
    late.now = late.over
    with pytest.raises(TooLate):
        late.choose(1, 2)
    early = make_evening(2)
    early.now = clock.now()
    with pytest.raises(Conflict) as refused:
        early.choose(1, 2)
    assert refused.value.code == "not-open"


def test_so_many_each_once_never_oneself_and_no_number_that_nobody_carries():
    evening = make_evening(5)
    for _twice in range(2):
        for other in (2, 3, 4):
            evening.choose(1, other)
    with pytest.raises(Conflict):
        evening.choose(1, 5)
    for wrong in (0, -1, 6, 10**12):
        with pytest.raises(Invalid):
            evening.choose(2, wrong)
    with pytest.raises(Invalid):
        evening.choose(2, 2)


def test_nothing_comes_of_it_with_whom_one_wants_nothing_to_do():
    evening = make_evening(3)
    for one, two in ((1, 2), (2, 1), (1, 3), (3, 1)):
        evening.choose(one, two)
    evening.block(2, 1)
    matching.settle_due(now=evening.over)
    assert [number for number, _contact in found(evening, 1)] == [3]
    evening.block(3, 1)
    assert (found(evening, 1), found(evening, 3)) == ([], [])


def test_only_adults_whose_name_was_checked_who_have_a_seat_and_say_that_they_agree():
    activity = services.publish_activity(by=None, activity=make_meeting_draft(), now=clock.now())
    guest = join(activity, make_adult())
    said = {"contact": "微信 a", "is_single": True, "agrees": True}
    for missing in ({"contact": " "}, {"is_single": False}, {"agrees": False}):
        with pytest.raises(Invalid) as refused:
            matching.join_matching(
                by=guest.account, sign_up_id=str(guest.pk), now=clock.now(), **(said | missing)
            )
        assert list(refused.value.fields) == list(missing)
    person = guest.account.person
    for changed in ({"verified_at": None}, {"birth_date": dt.date(2015, 1, 1)}):
        before = {name: getattr(person, name) for name in changed}
        for name, value in changed.items():
            setattr(person, name, value)
        person.save()
        with pytest.raises(Conflict):
            take_part(SignUp.objects.get(pk=guest.pk))
        for name, value in before.items():
            setattr(person, name, value)
        person.save()
    with pytest.raises(NotFound):
        matching.join_matching(by=make_worker(), sign_up_id=str(guest.pk), now=clock.now(), **said)
    services.return_seat(by=guest.account, sign_up_id=str(guest.pk), now=clock.now())
    with pytest.raises(Conflict):
        take_part(SignUp.objects.get(pk=guest.pk))


def test_an_activity_where_people_name_each_other_is_for_adults_with_checked_names():
    draft = make_meeting_draft()
    with pytest.raises(Invalid) as refused:
        services_with(draft, Terms(hours=0, most=9, days=0))
    assert set(refused.value.fields) == {"hours", "most", "days"}
    for name, value in (("needs_real_name", False), ("age_min", 16), ("kind", "sport")):
        type(draft).objects.filter(pk=draft.pk).update(**{name: value})
        with pytest.raises(Invalid) as refused:
            services.publish_activity(by=None, activity=draft, now=clock.now())
        assert name in refused.value.fields
    evening = make_evening(2)
    with pytest.raises(Conflict):
        matching.set_match_terms(by=None, activity=evening.activity, terms=None)


def test_who_leaves_is_forgotten_and_whose_seat_is_gone_finds_nobody():
    evening = make_evening(3)
    for one, two in ((1, 2), (2, 1), (1, 3), (3, 1)):
        evening.choose(one, two)
    two, three = evening.guests[1:]
    matching.leave_matching(by=two.account, sign_up_id=str(two.pk), now=evening.now)
    left = MatchGuest.objects.get(sign_up=two)
    assert (left.contact, left.choices.count()) == (None, 0)
    three.claim.state = "refused"
    three.claim.save()
    matching.settle_due(now=evening.over)
    assert not Match.objects.exists()


def test_what_is_reported_is_looked_at_by_a_person():
    evening = make_evening(3)
    for one, two in ((1, 2), (2, 1), (2, 3), (3, 2)):
        evening.choose(one, two)
    by = evening.guests[0]
    officer = make_organiser(evening.activity.union)
    desk, reporter = officer_client(officer), signed_in(by.account)
    there = reverse("activities:matching_report", args=[by.pk])
    wrong = reporter.post(there, {"number": "2", "words": ""})
    assert wrong.status_code == 422
    reporter.post(there, {"number": "2", "words": "一直索要地址"})
    shown = desk.get(reverse("activities:matching_desk", args=[evening.activity.number]))
    assert "一直索要地址" in shown.content.decode()
    assert "客人1" not in shown.content.decode()
    found_one = MatchReport.objects.get()
    desk.post(
        reverse("activities:match_report_decision", args=[found_one.pk]), {"verdict": "upheld"}
    )
    with pytest.raises(Conflict):
        matching.decide_report(by=officer, found=found_one, is_upheld=False, now=evening.now)
    with pytest.raises(Conflict):
        take_part(evening.guests[1])
    matching.settle_due(now=evening.over)
    assert not Match.objects.exists()
    kinds = Notice.objects.filter(account=by.account).values_list("kind", flat=True)
    assert set(kinds) == {"matching.looked-at", "matching.settled"}


def test_all_of_it_is_erased_after_its_term_but_not_before_a_person_has_decided():
    evening = make_evening(2)
    evening.choose(1, 2)
    evening.choose(2, 1)
    by = evening.guests[0]
    made = matching.report(
        by=by.account, sign_up_id=str(by.pk), number=2, words="言语骚扰", now=evening.now
    )
    matching.settle_due(now=evening.over)
    after = evening.over + dt.timedelta(days=31)
    assert matching.erase_due(now=evening.over + dt.timedelta(days=29)) == 0
    assert matching.erase_due(now=after) == 0
    post = make_organiser(evening.activity.union)
    matching.decide_report(by=post, found=made, is_upheld=False, now=after)
    assert [matching.erase_due(now=after) for _twice in range(2)] == [1, 0]
    assert not MatchGuest.objects.exists()
    assert MatchWindow.objects.get().erased_at == after


def test_what_was_called_off_puts_nobody_together():
    evening = make_evening(2)
    evening.choose(1, 2)
    evening.choose(2, 1)
    services.cancel_activity(by=None, activity=evening.activity, reason="场地停电", now=evening.now)
    assert matching.settle_due(now=evening.now) == 1
    assert (Match.objects.count(), MatchChoice.objects.count()) == (0, 0)


def test_by_forms_from_the_draft_to_whom_one_found():
    draft = make_meeting_draft()
    desk = officer_client(make_organiser(draft.union))
    there = reverse("activities:matching_desk", args=[draft.number])
    terms = {"is_on": "on", "hours": "24", "most": "2", "days": "9"}
    assert desk.post(there, terms | {"most": "7"}).status_code == 422
    desk.post(there, terms)
    activity = services.publish_activity(by=None, activity=draft, now=clock.now())
    people = [join(activity, make_adult(), name=f"客人{n}") for n in (1, 2)]
    clients = [signed_in(each.account) for each in people]
    pages = [reverse("activities:matching", args=[each.pk]) for each in people]
    for client, page in zip(clients, pages, strict=True):
        assert client.post(page, {"contact": "微信 x"}).status_code == 422
        client.post(page, {"contact": "微信 x", "is_single": "on", "agrees": "on"})
    with clock.stopped_at(clock.now() + 2 * HOUR):
        for client, page, other in zip(clients, pages, (2, 1), strict=True):
            assert client.post(page + "choice/", {"number": "9"}).status_code == 422
            client.post(page + "choice/", {"number": str(other)})
        clients[0].post(pages[0] + "choice-removal/", {"number": "2"})
        clients[0].post(pages[0] + "choice/", {"number": "2"})
    matching.settle_due(now=clock.now() + 30 * HOUR)
    shown = clients[0].get(pages[0]).content.decode()
    assert ("客人2" in shown, "微信 x" in shown) == (True, True)
    clients[1].post(pages[1] + "block/", {"number": "1"})
    assert "客人2" not in clients[0].get(pages[0]).content.decode()
    clients[0].post(pages[0] + "departure/")
    assert MatchGuest.objects.get(number=1).contact is None
    assert Client().get(pages[0]).status_code == 302


def test_the_same_by_operations():
    draft = make_meeting_draft()
    desk = officer_client(make_organiser(draft.union))

    def send(client, path, body=None, method="post"):
        content = json.dumps(body or {})
        there = f"/api/v1/{path}"
        return client.generic(method, there, content, content_type="application/json")

    there = f"desk/activities/{draft.number}/matching"
    assert send(desk, there, {"most": 9}, "put").status_code == 422
    assert send(desk, there, {"most": 2}, "put").json()["most"] == 2
    activity = services.publish_activity(by=None, activity=draft, now=clock.now())
    people = [join(activity, make_adult()) for _ in range(2)]
    one, two = (signed_in(each.account) for each in people)
    first, second = (f"sign-ups/{each.pk}/matching" for each in people)
    body = {"contact": "微信 x", "is_single": True, "agrees": True}
    assert send(one, first, body | {"agrees": False}).status_code == 422
    assert (send(one, first, body).json()["number"], send(two, second, body).json()["number"]) == (
        1,
        2,
    )
    assert send(two, first, body).status_code == 404
    with clock.stopped_at(clock.now() + 2 * HOUR):
        assert send(one, f"{first}/choices", {"number": 2}).json()["chosen"] == [2]
        assert send(one, f"{first}/choices/withdrawal", {"number": 2}).json()["chosen"] == []
        assert send(one, f"{first}/blocks", {"number": 2}).json()["blocked"] == [2]
        words = {"number": 2, "words": "言语骚扰"}
        assert send(one, f"{first}/reports", words).status_code == 202
    [reported] = desk.get(f"/api/v1/{there}/reports").json()
    decided = send(desk, f"desk/match-reports/{reported['id']}/decision", {"is_upheld": True})
    assert decided.json()["is_upheld"] is True
    assert desk.get(f"/api/v1/{there}").json()["guests"] == 1
    assert send(one, f"{first}/departure").status_code == 204
    assert one.get(f"/api/v1/{first}").json()["number"] is None
