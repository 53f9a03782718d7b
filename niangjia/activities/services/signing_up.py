"""Asking for a seat, giving it up, taking one that came free."""

import datetime as dt
import json
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.activities.events import SignedUp
from niangjia.activities.models import Companion, Run, SignUp, State
from niangjia.activities.rules import answers as rules
from niangjia.activities.rules import verdicts
from niangjia.activities.rules.answers import Answers
from niangjia.activities.selectors.finding import may_see
from niangjia.activities.selectors.sign_ups import access_own
from niangjia.activities.services.acting import refuse
from niangjia.allocation import services as allocation
from niangjia.allocation.models import LIVE, Claim
from niangjia.allocation.rules.standing import Verdict
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, NotFound, TooLate
from niangjia.members.models import Account


@transactions.atomic
def sign_up(
    *, by: Account, run_id: uuid.UUID, answers: Answers, now: dt.datetime, key: str | None = None
) -> SignUp:
    """Ask for a seat of a run, one more for each companion: they all come, or nobody.

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
    refuse(rules.problems(run.activity, answers))
    parts = 1 + len(answers.companions)
    answered = allocation.claim(
        ask=allocation.Ask(run.pool_id, by.pk, key=key, parts=parts), now=now
    )
    if answered.verdict == Verdict.HAS_SHARE:
        return adopt(by, run, answers, now)
    if not answered.verdict.is_in or answered.claim_id is None:
        raise verdicts.refusal(answered.verdict)
    made = SignUp.objects.filter(claim_id=answered.claim_id).first()
    return made or write(by, run, answered.claim_id, answers, now)


def adopt(by: Account, run: Run, answers: Answers, now: dt.datetime) -> SignUp:
    """The sign-up that somebody has, or one for a claim of theirs that came by another door."""
    claim = Claim.objects.filter(pool=run.pool_id, account=by, state__in=LIVE).first()
    if claim is None:
        raise verdicts.refusal(Verdict.HAS_SHARE)
    made = SignUp.objects.filter(claim=claim).first()
    if made:
        return made
    if claim.parts != 1 + len(answers.companions):
        raise Conflict(_("You claimed a different number of seats before."), code="other-parts")
    return write(by, run, claim.pk, answers, now)


def write(by: Account, run: Run, claim_id: uuid.UUID, answers: Answers, now: dt.datetime) -> SignUp:
    """Keep what was told, no more than was asked."""
    activity = run.activity
    made = SignUp.objects.create(
        run=run,
        account=by,
        claim_id=claim_id,
        made_at=now,
        answers=json.dumps(answers.kept(activity), ensure_ascii=False),
        declared_at=now if activity.health_words else None,
        photos_at=now if activity.takes_photos and answers.agrees_photos else None,
    )
    for companion in answers.companions:
        Companion.objects.create(
            sign_up=made,
            name=companion.name.strip(),
            identity_number=companion.identity_number.strip().upper()
            if activity.asks_identity
            else None,
        )
    audit.record(
        action="activity.signed-up",
        by=by.pk,
        subject=f"sign-up:{made.pk}",
        union_id=activity.union_id,
    )
    outbox.publish(SignedUp(made.pk))
    return made


@transactions.atomic
def return_seat(*, by: Account, sign_up_id: str, now: dt.datetime) -> SignUp:
    """Give up one's seats, an offer or a place in line, with everybody one brings; what one had
    goes to the next in line. Twice is once. Raises `NotFound`, `TooLate` once it has begun, or
    one is in already."""
    sign_up = access_own(by, sign_up_id)
    has_begun = sign_up.run.starts_at <= now or sign_up.attendances.exists()
    if sign_up.claim.is_live and has_begun:
        raise TooLate(_("It has begun already."), code="begun")
    allocation.return_claim(by=by, claim_id=sign_up.claim_id, now=now)
    return access_own(by, sign_up_id)


@transactions.atomic
def confirm_seat(*, by: Account, sign_up_id: str, now: dt.datetime) -> SignUp:
    """Take a seat that came free and was offered. Twice is once. Raises `NotFound`; `Conflict` when
    the offer has gone on to the next."""
    sign_up = access_own(by, sign_up_id)
    allocation.confirm_claim(by=by, claim_id=sign_up.claim_id, now=now)
    return access_own(by, sign_up_id)
