"""Putting something on together: asked, answered, opened to more people, shared as far as said."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.activities import services
from niangjia.activities.models import Attendance, CoOrganiser, SignUp
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_co_organiser,
    make_draft,
    make_meeting,
    make_organiser,
    make_worker,
    run_of,
    session_of,
)
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations import services as organisations
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def kinds(post):
    found = Notice.objects.filter(account=post.account).order_by("id")
    return list(found.values_list("kind", flat=True))


def page(name, key):
    return reverse(f"activities:{name}", args=[key])


def text(answer):
    return answer.content.decode()


def test_a_union_is_asked_accepts_and_its_members_find_it_and_sign_up():
    *_above, union = make_chain()
    activity = make_activity(union, seen_by=union, open_to=union)
    other = make_union("城西环卫工会")
    ours, theirs = make_organiser(union), make_organiser(other)
    member = make_membership(union=other).person.account
    asked = make_co_organiser(activity, other)
    assert make_co_organiser(activity, other) == asked
    with pytest.raises(NotFound):
        join(activity, member)
    assert other.name not in text(officer_client(ours).get(page("preview", activity.number)))
    for _twice in range(2):
        services.accept_co_organising(by=theirs, co_organiser=asked, now=clock.now())
    assert (kinds(theirs), kinds(ours)) == (["co-organiser.invited"], ["co-organiser.accepted"])
    join(activity, member)
    with pytest.raises(NotFound):
        join(activity, make_membership().person.account)
    shown = text(officer_client(ours).get(page("preview", activity.number)))
    assert shown.count(other.name) == 2


def test_whoever_leaves_takes_nobodys_seat_and_brings_nobody_new():
    *_above, union = make_chain()
    other = make_union()
    activity = make_activity(union, open_to=union)
    theirs, ours = make_organiser(other), make_organiser(union)
    in_time, too_late = (make_membership(union=other).person.account for _ in range(2))
    asked = make_co_organiser(activity, other, accepts=True, part="door")
    seated = join(activity, in_time)
    with pytest.raises(Invalid):
        services.leave_co_organising(by=theirs, co_organiser=asked, reason=" ", now=clock.now())
    for _twice in range(2):
        services.leave_co_organising(
            by=theirs, co_organiser=asked, reason="人手不够", now=clock.now()
        )
    assert SignUp.objects.get(pk=seated.pk).claim.state == "confirmed"
    with pytest.raises(Conflict) as refused:
        join(activity, too_late)
    assert refused.value.code == "out-of-reach"
    assert kinds(ours) == ["co-organiser.accepted", "co-organiser.left"]
    assert officer_client(theirs).get(page("coming", run_of(activity).pk)).status_code == 404
    again = make_co_organiser(activity, other)
    assert again.pk != asked.pk
    services.remove_co_organiser(
        by=ours, co_organiser=again, reason="改由我们自己办", now=clock.now()
    )
    with pytest.raises(Conflict):
        services.accept_co_organising(by=theirs, co_organiser=again, now=clock.now())


def test_its_officers_see_and_do_as_far_as_was_said():
    now = clock.now()
    soon = make_meeting(starts_at=now + DAY / 24, ends_at=now + DAY / 12)
    activity = make_activity(meeting=soon, closes_at=now + DAY / 24, fee_fen=500)
    other = make_union()
    desk = officer_client(make_organiser(other))
    asked = make_co_organiser(activity, other, part="door")
    sign_up = join(activity)
    run, session = run_of(activity), session_of(activity)
    there = (page("coming", run.pk), f"/api/v1/desk/activity-runs/{run.pk}/sign-ups")
    assert [desk.get(path).status_code for path in there] == [404, 404]
    services.accept_co_organising(by=None, co_organiser=asked, now=now)
    assert [desk.get(path).status_code for path in there] == [200, 200]
    assert page("payment", sign_up.pk) not in text(desk.get(there[0]))
    desk.post(page("attendance", session.pk), {"sign_up": sign_up.pk})
    assert Attendance.objects.count() == 1
    for name, key in (
        ("payment", sign_up.pk),
        ("decision", sign_up.pk),
        ("insurance", run.pk),
        ("seats", run.pk),
    ):
        assert desk.post(page(name, key), {"purpose": "投保"}).status_code == 404
    ticked = {"sign_up": join(make_activity()).pk}
    desk.post(page("attendance", session.pk), ticked)
    assert Attendance.objects.count() == 1
    services.change_co_organiser(by=None, co_organiser=asked, part="list", opens=True, now=now)
    assert desk.get(there[0]).status_code == 200
    assert desk.post(page("attendance", session.pk), {"sign_up": sign_up.pk}).status_code == 404
    services.change_co_organiser(by=None, co_organiser=asked, part="named", opens=True, now=now)
    assert [desk.get(path).status_code for path in there] == [404, 404]


def test_what_cannot_be_asked_and_what_is_answered_too_late():
    activity, other, now = make_activity(), make_union(), clock.now()
    gone = organisations.dissolve_union(union_id=make_union().pk, by=None, now=now)
    for union, part in ((activity.union, "named"), (gone, "named"), (other, "boss")):
        with pytest.raises(Invalid):
            make_co_organiser(activity, union, part=part)
    asked = make_co_organiser(activity, other)
    with pytest.raises(TooLate):
        services.accept_co_organising(by=None, co_organiser=asked, now=now + 9 * DAY)
    services.decline_co_organising(by=None, co_organiser=asked, reason="时间冲突", now=now)
    with pytest.raises(Conflict):
        services.accept_co_organising(by=None, co_organiser=asked, now=now)
    for _each in range(10):
        make_co_organiser(activity)
    with pytest.raises(Conflict):
        make_co_organiser(activity)


def test_a_dissolved_union_takes_part_no_longer_and_who_is_in_hears_that_it_is_off():
    activity, leaving, staying = make_activity(), make_union(), make_union()
    for union in (leaving, staying):
        make_co_organiser(activity, union, accepts=True)
    post = make_organiser(staying)
    organisations.dissolve_union(union_id=leaving.pk, by=None, now=clock.now())
    deliver_pending()
    states = dict(CoOrganiser.objects.values_list("union__number", "state"))
    assert states == {leaving.number: "left", staying.number: "accepted"}
    services.cancel_activity(by=None, activity=activity, reason="暴雨", now=clock.now())
    assert kinds(post) == ["co-organiser.cancelled"]


def test_asking_and_answering_by_forms():
    draft, other = make_draft(), make_union("江东物流工会")
    ours, theirs = (officer_client(make_organiser(each)) for each in (draft.union, other))
    there = page("co_organisers", draft.number)
    wrong = ours.post(there, {"union": "没有这个工会", "part": "door", "words": "一起办吧"})
    assert (wrong.status_code, "一起办吧" in text(wrong)) == (422, True)
    ours.post(there, {"union": other.name, "part": "door", "opens": "on", "words": "一起办吧"})
    asked = CoOrganiser.objects.get()
    assert draft.name in text(theirs.get(reverse("activities:co_organisations")))
    card = page("co_organisation", asked.pk)
    assert "一起办吧" in text(theirs.get(card))
    assert Client().get(page("activity", draft.number)).status_code == 404
    theirs.post(page("co_organisation_refusal", asked.pk), {"reason": ""})
    theirs.post(page("co_organisation_acceptance", asked.pk))
    asked.refresh_from_db()
    assert asked.state == "accepted"
    assert page("co_organisation_departure", asked.pk) in text(theirs.get(card))
    sent = {f"{asked.pk}-part": "list"}
    ours.post(page("co_organiser_share", asked.pk), sent)
    asked.refresh_from_db()
    assert (asked.part, asked.opens) == ("list", False)
    theirs.post(page("co_organisation_departure", asked.pk), {"reason": "人手不够"})
    assert "人手不够" in text(ours.get(there))
    ours.post(there, {"union": other.number, "part": "named"})
    second = CoOrganiser.objects.latest("id")
    ours.post(page("co_organiser_removal", second.pk), {"reason": "改期"})
    assert "改期" in text(theirs.get(page("co_organisation", second.pk)))


def test_the_same_by_operations():
    activity, other = make_activity(), make_union()
    ours, theirs = (officer_client(make_organiser(each)) for each in (activity.union, other))

    def send(client, path, body=None, method="post"):
        content = json.dumps(body or {})
        there = f"/api/v1/desk/{path}"
        return client.generic(method, there, content, content_type="application/json")

    there = f"activities/{activity.number}/co-organisers"
    assert send(ours, there, {"union": "x"}).json()["errors"][0]["field"] == "union"
    made = send(ours, there, {"union": other.number, "part": "list", "opens": False})
    assert made.status_code == 201
    own, asked = (f"co-{each}/{made.json()['id']}" for each in ("organisers", "organisations"))
    assert send(theirs, f"{asked}/acceptance").json()["state"] == "accepted"
    assert send(ours, f"{asked}/acceptance").status_code == 404
    assert len(theirs.get("/api/v1/desk/co-organisations").json()["items"]) == 1
    changed = send(ours, own, {"part": "door", "opens": True}, "put")
    assert (changed.json()["part"], changed.json()["opens"]) == ("door", True)
    left = send(theirs, f"{asked}/departure", {"reason": "人手不够"}).json()
    assert (left["state"], left["reason"]) == ("left", "人手不够")
    assert send(theirs, f"{asked}/refusal", {"reason": "不办"}).status_code == 409
    assert send(ours, f"{own}/removal", {"reason": "不办"}).json()["state"] == "left"
    assert [each["state"] for each in ours.get(f"/api/v1/desk/{there}").json()] == ["left"]


def test_whoever_signs_up_is_told_beforehand_who_else_sees_the_list():
    activity, other = make_activity(), make_union("江东物流工会")
    make_co_organiser(activity, other, accepts=True, part="list")
    form = signed_in(make_worker()).get(page("sign_up", activity.number))
    assert other.name in text(form)
