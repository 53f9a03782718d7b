"""Asking for a seat, giving it up, taking one that came free."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Run, SignUp, State
from niangjia.activities.rules import answers as rules
from niangjia.activities.rules import teams, verdicts
from niangjia.activities.rules.answers import Answers
from niangjia.activities.rules.teams import TeamDraft
from niangjia.activities.selectors.finding import may_see
from niangjia.activities.selectors.sign_ups import access_own
from niangjia.activities.services.acting import hold_run, refuse
from niangjia.activities.services.noting import write
from niangjia.activities.services.teams.acting import refuse_second, refuse_teammate
from niangjia.activities.services.teams.making import end_team, make_team, refuse_name
from niangjia.allocation import services as allocation
from niangjia.allocation.models import LIVE, Claim
from niangjia.allocation.rules.standing import Verdict
from niangjia.core import clock, transactions
from niangjia.core.errors import Conflict, NotFound, TooLate
from niangjia.members.models import Account


@transactions.atomic
def sign_up(
    *,
    by: Account,
    run_id: uuid.UUID,
    answers: Answers,
    now: dt.datetime,
    key: str | None = None,
    team: TeamDraft | None = None,
) -> SignUp:
    """Ask for a seat of a run, one more for each companion: they all come, or nobody. Where teams
    sign up, for the seats of the `team` whose captain one is.

    What comes of it says the claim: a seat, a place in the draw or on the waiting list. Sent again,
    with or without the same `key`, it is the sign-up that was made (promises 19, 20).

    Raises `NotFound` for what one may not see; `Invalid` beside the fields; `Conflict` with the
    verdict for whoever it is not for, and when nothing is left; `TooLate` when sign-up has closed.
    """
    run = Run.objects.select_related("activity__seen_by").filter(pk=run_id).first()
    if run is None or run.pool_id is None or not may_see(run.activity, by):
        raise NotFound(_("There is no such page"))
    if run.cancelled_at or run.activity.state == State.CANCELLED:
        raise verdicts.refusal(Verdict.CANCELLED)
    if run.ends_at <= now:
        raise verdicts.refusal(Verdict.CLOSED)
    problems = rules.problems(run.activity, answers, today=now.astimezone(clock.CHINA).date())
    refuse({**problems, **teams.draft_problems(run.activity, team)})
    if team is not None and run.activity.takes_teams:
        return sign_up_team(by, run, answers, team, key, now)
    return claim_seats(by, run, answers, 1 + len(answers.companions), key, now)


def sign_up_team(
    by: Account, run: Run, answers: Answers, team: TeamDraft, key: str | None, now: dt.datetime
) -> SignUp:
    """A captain's sign-up, with the team. Made again it is the one that was made."""
    held = hold_run(run.pk)
    before = SignUp.objects.filter(run=held, account=by, is_captain=True, claim__state__in=LIVE)
    if made := before.first():
        return made
    refuse_second(held, by)
    refuse_name(held, team)
    made = claim_seats(by, held, answers, teams.seats_of(held.activity, team), key, now)
    make_team(by=by, run=held, sign_up=made, draft=team, now=now)
    return made


def claim_seats(
    by: Account, run: Run, answers: Answers, parts: int, key: str | None, now: dt.datetime
) -> SignUp:
    """So many seats in one claim, and what was told with it."""
    assert run.pool_id  # noqa: S101 - the caller has looked
    answered = allocation.claim(
        ask=allocation.Ask(run.pool_id, by.pk, key=key, parts=parts), now=now
    )
    if answered.verdict == Verdict.HAS_SHARE:
        return adopt(by, run, answers, parts, now)
    if not answered.verdict.is_in or answered.claim_id is None:
        raise verdicts.refusal(answered.verdict)
    made = SignUp.objects.filter(claim_id=answered.claim_id).first()
    return made or write(by, run, answered.claim_id, answers, now)


def adopt(by: Account, run: Run, answers: Answers, parts: int, now: dt.datetime) -> SignUp:
    """The sign-up that somebody has, or one for a claim of theirs that came by another door."""
    claim = Claim.objects.filter(pool=run.pool_id, account=by, state__in=LIVE).first()
    if claim is None:
        raise verdicts.refusal(Verdict.HAS_SHARE)
    made = SignUp.objects.filter(claim=claim).first()
    if made:
        return made
    if claim.parts != parts:
        raise Conflict(_("You claimed a different number of seats before."), code="other-parts")
    return write(by, run, claim.pk, answers, now)


def may_return(sign_up: SignUp, now: dt.datetime, *, came: bool) -> bool:
    """Whether a seat can be given back: until it begins; in a series that has begun, while a date
    to come was moved since they signed up. Not by whoever `came` to one."""
    run = sign_up.run
    if came or run.ends_at <= now:
        return False
    if run.starts_at > now:
        return True
    moved = {"changes__gt": 0, "changed_at__gt": sign_up.made_at, "cancelled_at": None}
    return run.sessions.filter(starts_at__gt=now, **moved).exists()


@transactions.atomic
def return_seat(*, by: Account, sign_up_id: str, now: dt.datetime) -> SignUp:
    """Give up one's seats, an offer or a place in line, with everybody one brings; what one had
    goes to the next in line. Twice is once. The captain of a team gives back what all of it has.

    Raises `NotFound`; `TooLate` once it has begun, unless a later date was moved since, or one is
    in already; `Conflict` for a teammate, who leaves the team instead."""
    sign_up = access_own(by, sign_up_id)
    came = sign_up.attendances.exists()
    if sign_up.claim.is_live and not may_return(sign_up, now, came=came):
        raise TooLate(_("It has begun already."), code="begun")
    if sign_up.team:
        end_team(by=by, sign_up=sign_up, now=now)
    else:
        allocation.return_claim(by=by, claim_id=sign_up.claim_id, now=now)
    return access_own(by, sign_up_id)


@transactions.atomic
def confirm_seat(*, by: Account, sign_up_id: str, now: dt.datetime) -> SignUp:
    """Take a seat that came free and was offered, or all those of one's team. Twice is once. Raises
    `NotFound`; `Conflict` when the offer has gone on to the next, and for a teammate."""
    sign_up = access_own(by, sign_up_id)
    if sign_up.team:
        refuse_teammate(sign_up)
    allocation.confirm_claim(by=by, claim_id=sign_up.claim_id, now=now)
    return access_own(by, sign_up_id)
