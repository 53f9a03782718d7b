"""What time does: reminding before, asking for a rating after."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from niangjia.activities.models import News, Run, Session, SignUp, State
from niangjia.activities.services import telling
from niangjia.core import sweeps, transactions
from niangjia.feedback import services as feedback

#: People are reminded so long before it begins.
REMIND = dt.timedelta(hours=24)
#: Nobody is asked to rate what is older than this: the node was away.
FORGET = dt.timedelta(days=14)
BATCH = 200


def remind(*, now: dt.datetime) -> int:
    """Begin to remind everybody of the sessions that begin within a day, each evening of a course;
    says of how many. Each once, unless it was moved since."""
    due = Session.objects.filter(
        reminded_at=None,
        cancelled_at=None,
        starts_at__gt=now,
        starts_at__lte=now + REMIND,
        run__cancelled_at=None,
        run__activity__state=State.PUBLISHED,
    ).order_by("starts_at")
    found = list(due.values_list("pk", flat=True)[:BATCH])
    return sweeps.each(found, lambda pk: remind_of(due, pk, now), what="reminder of session")


@transactions.atomic
def remind_of(due: QuerySet[Session], session_id: uuid.UUID, now: dt.datetime) -> int:
    """Of one session, unless another worker does. Its run is held first, as by whoever moves the
    session or calls it off: neither waits for the other."""
    run = held(Run.objects.all(), Session.objects.get(pk=session_id).run_id)
    session = due.select_for_update(of=("self",)).filter(pk=session_id).first() if run else None
    if run is None or session is None:
        return 0
    facts = {"when": telling.when(session.starts_at), "place": session.place}
    telling.begin(run, News.REMINDER, facts, now=now)
    session.reminded_at = now
    session.save(update_fields=["reminded_at"])
    return 1


def held(due: QuerySet[Run], run_id: uuid.UUID) -> Run | None:
    """A run that something is due for, held; None when it is not any more or another worker is at
    it."""
    free = due.select_for_update(of=("self",), skip_locked=True)
    return free.select_related("activity__union").filter(pk=run_id).first()


def invite_ratings(*, now: dt.datetime) -> int:
    """Ask whoever came to runs that are over how it was, some runs at a time; says how many were
    asked. Whoever was not there is not asked."""
    ended = Run.objects.filter(followed_at=None, ends_at__lte=now, ends_at__gt=now - FORGET)
    due = ended.filter(cancelled_at=None, activity__state=State.PUBLISHED).order_by("ends_at")
    found = list(due.values_list("pk", flat=True)[:BATCH])
    return sweeps.each(found, lambda pk: invite_all(due, pk, now), what="rating of run")


@transactions.atomic
def invite_all(due: QuerySet[Run], run_id: uuid.UUID, now: dt.datetime) -> int:
    """Whoever came to one run; says how many were asked, and 1 for nobody: it was looked at."""
    run = held(due, run_id)
    if run is None:
        return 0
    came = SignUp.objects.filter(run=run, attendances__isnull=False).distinct()
    for sign_up in came.select_related("account__person"):
        invite(run, sign_up, now)
    run.followed_at = now
    run.save(update_fields=["followed_at"])
    return max(1, came.count())


def invite(run: Run, sign_up: SignUp, now: dt.datetime) -> None:
    """Ask one person. Twice is once."""
    activity = run.activity
    feedback.invite_rating(
        subject_kind="activity",
        subject_id=sign_up.pk,
        item_key=f"activity-{activity.kind}"[:24],
        item_name={"zh": activity.name, "en": activity.name},
        union=activity.union,
        rated=None,
        person=sign_up.account.person,
        account=sign_up.account,
        finished_at=run.ends_at,
        now=now,
    )
