"""Certificates of courses and of volunteer hours: for having come, checked by anybody, revoked."""

import datetime as dt
from io import BytesIO

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from niangjia.activities import services
from niangjia.activities.models import Certificate
from niangjia.activities.services import certificates
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_organiser,
    make_worker,
)
from niangjia.activities.tests.test_pages import page, text
from niangjia.core import clock, ids
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def make_course(times=3, **fields):
    """A course of evenings of an hour and a half, with an organiser."""
    draft = make_draft(kind="course", name="短视频入门", **fields)
    run, now = draft.runs.get(), clock.now()
    for evening in range(1, times):
        at = now + 3 * DAY + evening * DAY
        later = make_meeting(starts_at=at, ends_at=at + 1.5 * HOUR)
        services.add_session(by=None, run=run, meeting=later, now=now)
    course = services.publish_activity(by=None, activity=draft, now=now)
    course.organiser = make_organiser(course.union)
    return course


def come(course, sign_up, times):
    """Somebody was at the first so many sessions."""
    for session in course.runs.get().sessions.order_by("starts_at")[:times]:
        services.attend(by=None, sign_up=sign_up, session=session, now=session.starts_at)


@pytest.fixture
def course(db):
    """Two of three sessions are needed; one person came twice, another once."""
    made = make_course()
    made.often, made.seldom = join(made, name="陈秀英"), join(made)
    come(made, made.often, 2)
    come(made, made.seldom, 1)
    certificates.set_rule(by=made.organiser, activity=made, needed=2)
    return made


def issue(course):
    return certificates.issue_certificates(by=course.organiser, activity=course, now=clock.now())


def test_whoever_came_often_enough_is_given_one_and_told_and_twice_is_once(course):
    assert [issue(course), issue(course)] == [1, 0]
    made = Certificate.objects.get()
    assert (made.account, made.name, made.times, made.times_of) == (
        course.often.account,
        "陈秀英",
        2,
        3,
    )
    assert made.minutes == 210
    assert ids.check_digit_holds(made.number)
    assert Notice.objects.get(account=made.account).kind == "activity.certificate"
    come(course, course.seldom, 2)
    assert issue(course) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(sign_up=course.seldom)


def test_the_rule_fits_the_course(course):
    for needed in (0, 4):
        with pytest.raises(Invalid) as refused:
            certificates.set_rule(by=course.organiser, activity=course, needed=needed)
        assert "needed" in refused.value.fields
    with pytest.raises(Conflict) as refused:
        certificates.issue_certificates(
            by=course.organiser, activity=make_course(), now=clock.now()
        )
    assert refused.value.code == "no-rule"


def test_the_paper_says_it_and_anybody_checks_it(course, django_assert_num_queries):
    issue(course)
    made = Certificate.objects.get()
    holder = signed_in(course.often.account)
    paper = holder.get(page("certificate_paper", made.pk))
    assert paper["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(BytesIO(paper.content))
    words = document[0].get_textpage().get_text_bounded().replace(" ", "").replace("\r\n", "")
    for said in ("结业证书", "陈秀英", made.number, made.code, "到课2次", course.union.name):
        assert said.replace(" ", "") in words
    assert holder.get(page("certificate_paper", made.pk)).content == paper.content
    stranger = signed_in(course.seldom.account)
    assert stranger.get(page("certificate_paper", made.pk)).status_code == 404
    there = Client().post("/certificates/", {"code": made.code.lower().replace("-", " ")})
    with django_assert_num_queries(1):
        checked = text(Client().get(there["Location"]))
    assert "这张证书是真的" in checked
    assert "陈*英" in checked
    assert "陈秀英" not in checked
    for wrong in ("7K2M-9QXC-4T0B", "x"):
        assert Client().get(f"/certificates/{wrong}/").status_code == 404


def test_a_revoked_one_says_so_and_why_and_another_can_be_issued(course):
    issue(course)
    made = Certificate.objects.get()
    desk = officer_client(course.organiser)
    there = page("desk_certificates", course.number)
    assert "陈秀英" in text(desk.get(there))
    revocation = page("certificate_revocation", made.pk)
    words = "误" * 301
    refused = desk.post(revocation, {"reason": words})
    assert (refused.status_code, text(refused).count("请写明原因")) == (422, 2)
    assert f'value="{words}"' in text(refused), "nothing typed is lost"
    for _twice in range(2):
        desk.post(revocation, {"reason": "签到有误"})
    for said in ("这张证书已撤销", "签到有误"):
        assert said in text(Client().get(f"/certificates/{made.code}/"))
    told = Notice.objects.filter(account=course.often.account).values_list("kind", flat=True)
    assert sorted(told) == ["activity.certificate", "activity.certificate-revoked"]
    assert issue(course) == 1


def test_the_desk_says_how_often_and_issues(course, django_assert_max_num_queries):
    desk, there = officer_client(course.organiser), page("desk_certificates", course.number)
    assert desk.post(there, {"needed": "9"}).status_code == 422
    assert desk.post(there, {"needed": "x"}).status_code == 422
    desk.post(there, {"needed": "1"})
    with django_assert_max_num_queries(13):
        assert "2 人已达到次数" in text(desk.get(there))
    said = desk.post(page("certificate_issuing", course.number), follow=True)
    assert "已发放 2 张证书" in text(said)


def test_volunteer_hours_are_counted_from_attendance_and_certified(django_assert_num_queries):
    account = make_worker()
    activity = make_activity(kind="volunteer", companions_max=3)
    sign_up = join(activity, account, companions=2)
    client = signed_in(account)
    with pytest.raises(NotFound):
        certificates.certify_hours(by=account, union_id=activity.union_id, now=clock.now())
    come(activity, sign_up, 1)
    client.get("/mine/certificates/")
    with django_assert_num_queries(5):
        assert "2 小时" in text(client.get("/mine/certificates/"))
    for _twice in range(2):
        client.post(page("volunteer_hours", activity.union_id))
    made = Certificate.objects.get()
    assert (made.minutes, made.times, made.sign_up) == (120, 1, None)
    paper = client.get(page("certificate_paper", made.pk))
    assert paper.content.startswith(b"%PDF")
    services.undo_attendance(
        by=make_organiser(activity.union),
        sign_up=sign_up,
        session=activity.runs.get().sessions.get(),
    )
    assert "志愿服务" not in text(client.get("/mine/certificates/")).split("证书</h2>")[0]


def test_by_the_operations(course):
    desk, base = officer_client(course.organiser), "/api/v1/desk/activity-certificates"
    json = {"content_type": "application/json"}
    assert desk.put(f"{base}/{course.number}/rule", {"needed": 7}, **json).status_code == 422
    assert desk.put(f"{base}/{course.number}/rule", {"needed": 2}, **json).status_code == 200
    rule = desk.get(f"{base}/{course.number}/rule").json()
    assert (rule["needed"], rule["waiting"]) == (2, 1)
    assert desk.post(f"{base}/{course.number}").json() == {"count": 1}
    [issued] = desk.get(f"{base}/{course.number}").json()["items"]
    assert issued["title"] == course.name
    own = signed_in(course.often.account)
    [made] = own.get("/api/v1/my-certificates").json()["items"]
    assert own.get("/api/v1/my-certificates/volunteer-hours").json()["items"] == []
    revocation = f"{base}/certificates/{made['id']}/revocation"
    assert desk.post(revocation, {"reason": "签到有误"}, **json).status_code == 200
    checked = Client().get(f"/api/v1/certificates/{made['code']}").json()
    assert (checked["holder"], checked["revoke_reason"]) == ("陈*英", "签到有误")
    assert Client().get("/api/v1/certificates/x").status_code == 404
