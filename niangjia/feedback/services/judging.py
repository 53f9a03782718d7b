"""What people make of a sign of manipulation."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.feedback.models import Rating, Signal, SignalKind, Verdict
from niangjia.feedback.services.signals import HISTORY_DAYS, within
from niangjia.members.models import Account

JUDGEMENT_MIN_LENGTH, JUDGEMENT_MAX_LENGTH = 4, 300


@transactions.atomic
def judge_signal(
    *, by: Account, signal: Signal, verdict: str, judgement: str, now: dt.datetime
) -> Signal:
    """Decide what a signal comes to, in words: it has a good reason, or the ratings were
    manipulated. The ratings stay as they are; what is done about the people is decided elsewhere.

    Raises `Conflict` "judged-already", and "own-work" for whoever was rated by these ratings or
    typed them in; `Invalid` on `verdict` and `judgement`.
    """
    locked = Signal.objects.select_for_update().get(pk=signal.pk)
    if locked.judged_at is not None:
        raise Conflict(_("A colleague has judged this meanwhile."), code="judged-already")
    judgement = judgement.strip()
    problems: dict[str, Text] = {}
    if verdict not in Verdict.values:
        problems["verdict"] = _("Say what you found.")
    if not JUDGEMENT_MIN_LENGTH <= len(judgement) <= JUDGEMENT_MAX_LENGTH:
        problems["judgement"] = _("Say in a few words what you found, up to 300 characters.")
    if problems:
        raise Invalid(_("Some answers need another look."), code="bad-judgement", fields=problems)
    check_another(by, locked)
    locked.verdict, locked.judgement = verdict, judgement
    locked.judged_at, locked.judged_by_account_id = now, by.pk
    locked.save(update_fields=["verdict", "judgement", "judged_at", "judged_by_account_id"])
    audit.record(
        action="signal.judged",
        by=by.pk,
        subject=f"signal:{locked.pk}",
        union_id=locked.union_id,
        details={"verdict": verdict},
    )
    return locked


def check_another(by: Account, signal: Signal) -> None:
    """Raise `Conflict` for whoever had a hand in the ratings that a signal is about."""
    days = HISTORY_DAYS if signal.kind == SignalKind.OFFICER_ENTERED else 1
    first = signal.day - dt.timedelta(days=days - 1)
    own = Q(invitation__rated=by) | Q(entered_by_account_id=by.pk)
    if Rating.objects.filter(within(first, days), own, union_id=signal.union_id).exists():
        raise Conflict(
            _("These ratings are of your own work, or you entered them. A colleague judges it."),
            code="own-work",
        )
