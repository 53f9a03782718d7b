"""Activities and people who sign up, made by the services."""

import datetime as dt
from typing import Any

from niangjia.activities import services
from niangjia.activities.models import (
    Activity,
    Certificate,
    CoOrganiser,
    Kind,
    ProgrammePage,
    Run,
    Session,
    SignUp,
)
from niangjia.activities.rules.answers import Answers, Brought
from niangjia.activities.rules.plans import Meeting, Plan
from niangjia.activities.rules.programmes import PageDraft
from niangjia.activities.rules.teams import TeamDraft
from niangjia.activities.services import certificates, teams
from niangjia.activities.services.programmes import write_programme_page
from niangjia.core import clock
from niangjia.members.models import Account, Post
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union, serial

DAY = dt.timedelta(days=1)
#: A child's and its mother's, made up: the check digits hold.
CHILD = "330782201806010014"


def make_plan(now: dt.datetime | None = None, **fields: Any) -> Plan:
    """A plan whose sign-up is open now, for two days."""
    now = now or clock.now()
    values: dict[str, Any] = {
        "kind": Kind.SPORT,
        "name": "周末健步走",
        "summary": "沿义乌江走五公里，老少皆宜。",
        "opens_at": now - dt.timedelta(hours=1),
        "closes_at": now + 2 * DAY,
        "needs_real_name": fields.get("asks_identity", False),
    }
    return Plan(**(values | fields))


def make_meeting(now: dt.datetime | None = None, **fields: Any) -> Meeting:
    """Three days from now, for two hours, at a place with a point."""
    now = now or clock.now()
    values: dict[str, Any] = {
        "starts_at": now + 3 * DAY,
        "ends_at": now + 3 * DAY + dt.timedelta(hours=2),
        "place": "江滨公园南门",
        "address": "义乌市江滨中路",
        "longitude": 120.08,
        "latitude": 29.31,
    }
    return Meeting(**(values | fields))


def make_draft(
    union: Union | None = None,
    *,
    seats: int = 10,
    meeting: Meeting | None = None,
    now: dt.datetime | None = None,
    **fields: Any,
) -> Activity:
    """A draft with one run and one session."""
    now = now or clock.now()
    return services.draft_activity(
        by=None,
        union=union or make_union(),
        plan=make_plan(now, **fields),
        seats=seats,
        meeting=meeting or make_meeting(now),
        now=now,
    )


def make_activity(union: Union | None = None, **fields: Any) -> Activity:
    """One that is published."""
    draft = make_draft(union, **fields)
    return services.publish_activity(by=None, activity=draft, now=fields.get("now") or clock.now())


def run_of(activity: Activity) -> Run:
    """Its first run."""
    return activity.runs.order_by("position")[0]


def session_of(activity: Activity) -> Session:
    """The first session of its first run."""
    session = run_of(activity).sessions.order_by("starts_at")[0]
    session.run.activity = activity
    return session


def make_worker() -> Account:
    """Somebody whose name is known."""
    return make_person().account


def join(
    activity: Activity,
    account: Account | None = None,
    *,
    companions: int = 0,
    now: dt.datetime | None = None,
    run: Run | None = None,
    **answers: Any,
) -> SignUp:
    """Somebody signs up, alone or with others."""
    brought = tuple(Brought(f"家人{n}", CHILD) for n in range(companions))
    return services.sign_up(
        by=account or make_worker(),
        run_id=(run or run_of(activity)).pk,
        answers=Answers(**({"name": "王小明", "companions": brought} | answers)),
        now=now or clock.now(),
    )


def make_team(
    activity: Activity, captain: Account | None = None, *, size: int | None = None, **said: Any
) -> SignUp:
    """The sign-up of a captain, with a team of their own."""
    name = said.pop("team", f"飞虎队{next(serial)}")
    return services.sign_up(
        by=captain or make_worker(),
        run_id=run_of(activity).pk,
        answers=Answers(name="王小明"),
        team=TeamDraft(name, size or activity.team_max),
        now=said.pop("now", clock.now()),
    )


def join_team(
    captain: SignUp, account: Account | None = None, *, now: dt.datetime | None = None
) -> SignUp:
    """Somebody joins it by a code that its captain makes."""
    now = now or clock.now()
    code = teams.invite_teammate(by=captain.account, sign_up_id=str(captain.pk), now=now)
    answers = Answers(name="李小红")
    return teams.join_team(by=account or make_worker(), code=code, answers=answers, now=now)


def make_organiser(union: Union) -> Post:
    """Somebody who runs the activities of `union` and of those below."""
    return make_post(union=union, account=make_person().account)


def make_co_organiser(
    activity: Activity, union: Union | None = None, *, accepts: bool = False, **said: Any
) -> CoOrganiser:
    """A union that is asked to put it on as well; one that does, if it `accepts`."""
    now = clock.now()
    asked = services.invite_co_organiser(
        by=None,
        activity=activity,
        union=union or make_union(),
        now=now,
        **({"part": "named", "opens": True, "words": ""} | said),
    )
    if accepts:
        return services.accept_co_organising(by=None, co_organiser=asked, now=now)
    return asked


def make_programme_page(union: Union, programme: str = "rose-reading") -> ProgrammePage:
    """A union's page of a programme, not published yet."""
    return write_programme_page(
        by=None,
        union=union,
        programme=programme,
        draft=PageDraft(summary="每周四晚上，一起读一本书。", text="下班来坐坐。"),
        now=clock.now(),
    )


def make_certificate(sign_up: SignUp) -> Certificate:
    """Somebody was at the one session of a course, and was given a certificate for it."""
    activity = sign_up.run.activity
    session, by = sign_up.run.sessions.get(), make_organiser(activity.union)
    at = session.starts_at
    services.attend(by=None, sign_up=sign_up, session=session, now=at)
    certificates.set_rule(by=by, activity=activity, needed=1)
    certificates.issue_certificates(by=by, activity=activity, now=at)
    return sign_up.certificates.get()
