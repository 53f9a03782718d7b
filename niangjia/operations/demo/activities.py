"""The demonstration's activities: in one county, with people who sign up, come, wait and rate."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from niangjia.activities import services
from niangjia.activities.models import Activity, Session, SignUp
from niangjia.activities.rules import questions
from niangjia.activities.rules.answers import Answers, Brought
from niangjia.activities.rules.plans import Meeting, Plan
from niangjia.activities.rules.questions import Question
from niangjia.activities.services import sweeping
from niangjia.allocation.models import ClaimState
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.members.models import Account, Gender
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress, activity_papers, contests, desk, together
from niangjia.operations.demo.activity_words import ON, Told
from niangjia.operations.demo.chance import Dice
from niangjia.operations.demo.members import identity_number_of

PHONE = "0579-85112351"
#: Who of those who had a seat came.
CAME = 0.86


def load(*, progress: Progress) -> None:
    """Plan, publish, sign up, come, call off: through the services, each at its time; once only."""
    if Activity.objects.exists():
        return
    now = clock.now()
    people = list_people()
    for done, told in enumerate(ON, start=1):
        with suppress(DomainError):
            put_on(told, people, now)
        progress(done, len(ON))
    activity_papers.load(now)
    while sweeping.invite_ratings(now=clock.now()):
        pass
    together.load()


def list_people() -> list[Account]:
    """Members of the county who have accounts; the demonstration's member first."""
    path = desk.county_federation().path
    found = Account.objects.filter(
        person__memberships__union__path__startswith=path, is_active=True
    ).distinct()
    people = list(found.select_related("person").order_by("id"))
    member = demo.find_account("member")
    others = [each for each in people if member is None or each.pk != member.pk]
    return ([member] if member else []) + others


def put_on(told: Told, people: list[Account], now: dt.datetime) -> None:
    """One activity, from the draft to as far as it has come."""
    planned_at = now + dt.timedelta(days=min(told.opens, -0.5)) - dt.timedelta(hours=6)
    with clock.stopped_at(planned_at):
        draft = draft_of(told, now, planned_at)
        if told.kind == "matchmaking":
            together.set_terms(draft)
        if told.asks:
            services.set_questions(by=None, activity=draft, asked=told.asks)
    if told.fate == "draft":
        return
    with clock.stopped_at(planned_at):
        activity = services.publish_activity(by=None, activity=draft, now=planned_at)
    if activity.takes_teams:
        contests.form_teams(activity, people, now)
    for number, account in enumerate(people[: told.people]):
        with suppress(DomainError):
            come_in(told, activity, account, Dice("sign-up", told.name, number), now)
    if told.fate == "past":
        attend(activity)
    if told.fate == "rain":
        reason = "气象台预报当天有大到暴雨，安全第一。改期另行通知，已报名的优先。"
        services.cancel_activity(by=None, activity=activity, reason=reason, now=now)


def draft_of(told: Told, now: dt.datetime, planned_at: dt.datetime) -> Activity:
    """The draft, with all its sessions; signing up opens and closes on the hour."""
    first = meeting_of(told, now, 0)
    hour = now.replace(minute=0, second=0, microsecond=0)
    plan = Plan(
        kind=told.kind,
        name=told.name,
        summary=told.summary,
        text=told.text,
        programme=told.programme,
        phone=PHONE,
        opens_at=hour + dt.timedelta(days=told.opens),
        closes_at=hour + dt.timedelta(days=told.closes),
        **told.fields,
    )
    draft = services.draft_activity(
        by=None,
        union=desk.county_federation(),
        plan=plan,
        seats=told.seats,
        meeting=first,
        now=planned_at,
        is_made_up=True,
    )
    for later in told.more:
        services.add_session(
            by=None, run=draft.runs.get(), meeting=meeting_of(told, now, later), now=planned_at
        )
    return draft


def meeting_of(told: Told, now: dt.datetime, later: int) -> Meeting:
    """One session, so many days after the first."""
    midnight = now.astimezone(clock.CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    starts_at = midnight + dt.timedelta(days=told.day + later, hours=told.hour)
    longitude, latitude = told.point or (None, None)
    return Meeting(
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=told.hours),
        place=told.place,
        address=told.address,
        longitude=longitude,
        latitude=latitude,
        link=told.link,
    )


def come_in(told: Told, activity: Activity, account: Account, dice: Dice, now: dt.datetime) -> None:
    """Somebody signs up while it is open, some with their family."""
    assert account.person  # noqa: S101 - they are members
    open_days = min(told.closes, -0.05) - told.opens
    at = now + dt.timedelta(days=told.opens + open_days * dice.share())
    most = told.fields.get("companions_max", 0)
    asked = questions.read(activity.questions)
    count = dice.number(0, most) if most else 0
    brought = tuple(companion(questions.of_each(asked), dice) for _ in range(count))
    answers = Answers(
        name=account.person.name,
        emergency_name="家属",
        emergency_phone=f"1540019{dice.number(1000, 9999)}",
        declares_health=True,
        agrees_photos=dice.happens(0.8),
        companions=brought,
        more=answered(asked, dice),
    )
    with clock.stopped_at(at):
        services.sign_up(by=account, run_id=activity.runs.get().pk, answers=answers, now=at)


def companion(asked: Iterable[Question], dice: Dice) -> Brought:
    """Somebody made up: the number is issued where none is."""
    number, _born = identity_number_of(dice.number(100_000, 200_000), Gender.FEMALE)
    name = dice.pick(("乐乐", "安安", "果果", "圆圆", "奶奶", "外公"))
    return Brought(name, number, more=answered(asked, dice))


def answered(asked: Iterable[Question], dice: Dice) -> dict[str, Any]:
    """One of each list; most people leave what need not be answered."""
    found: dict[str, Any] = {}
    for each in asked:
        if each.is_required or dice.happens(0.3):
            one = dice.pick(each.options)
            found[each.key] = [one] if each.kind == "several" else one
    return found


def attend(activity: Activity) -> None:
    """Most of those who had a seat came, each time; the demonstration's member always does."""
    sessions = Session.objects.select_related("run__activity").filter(run__activity=activity)
    for session in sessions.order_by("starts_at"):
        seated = SignUp.objects.filter(run=session.run, claim__state=ClaimState.CONFIRMED)
        for number, sign_up in enumerate(seated.order_by("id")):
            dice = Dice("attendance", f"{activity.name} {session.starts_at:%d}", number)
            at = session.starts_at - dt.timedelta(minutes=dice.number(1, 25))
            if dice.happens(CAME) or demo.find_account("member") == sign_up.account:
                with clock.stopped_at(at):
                    services.attend(by=None, sign_up=sign_up, session=session, now=at)
