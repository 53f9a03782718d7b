"""Saying how somebody behaved, and deciding about it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import MatchReport, MatchWindow
from niangjia.activities.rules.matching import WORDS_MAX
from niangjia.activities.services.acting import record
from niangjia.activities.services.matching.choosing import access_carrier, shut_out
from niangjia.activities.services.matching.holding import hold_guest, note
from niangjia.activities.services.matching.joining import forget
from niangjia.core import transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members import services as members
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action


@transactions.atomic
def report(
    *, by: Account, sign_up_id: str, number: int, words: str, now: dt.datetime
) -> MatchReport:
    """Tell the union how somebody behaved; from then on the two have nothing to do with each other
    here. The officers read the words and about whom they are; the other one is told nothing.
    Raises `Invalid` on `number` and `words`."""
    text = words.strip()
    if not 1 <= len(text) <= WORDS_MAX:
        problem = _("Say what happened, in up to 500 characters.")
        raise Invalid(problem, fields={"words": problem})
    guest, _terms = hold_guest(by, sign_up_id)
    about = access_carrier(guest, number)
    shut_out(guest, about, now)
    made = MatchReport.objects.create(guest=guest, about=about, words=text, made_at=now)
    note(by, guest, "reported")
    activity = guest.sign_up.run.activity
    members.notify_officers(
        union=activity.union,
        action=Action.RUN_ACTIVITIES,
        kind="matching.reported",
        facts={"name": activity.name},
        url=reverse("activities:matching_desk", args=[activity.number]),
        now=now,
    )
    return made


@transactions.atomic
def decide_report(
    *, by: Post, found: MatchReport, is_upheld: bool, now: dt.datetime
) -> MatchReport:
    """A person has looked at it: whoever it is about takes part no longer, or does. Whoever
    reported it is told that it was looked at. Raises `Conflict` when it was decided otherwise."""
    MatchWindow.objects.select_for_update().get(pk=found.about.window_id)
    held = MatchReport.objects.select_for_update(of=("self",)).select_related(
        "about", "guest__sign_up__account", "guest__sign_up__run__activity__union"
    )
    row = held.get(pk=found.pk)
    if row.decided_at:
        if row.is_upheld == is_upheld:
            return row
        raise Conflict(_("This has been decided already."), code="decided")
    row.decided_at, row.is_upheld = now, is_upheld
    row.save(update_fields=["decided_at", "is_upheld"])
    if is_upheld:
        row.about.excluded_at = now
        row.about.save(update_fields=["excluded_at"])
        forget(row.about, now)
    activity = row.guest.sign_up.run.activity
    record(activity, by, "report-decided", {"report": str(row.pk), "upheld": is_upheld})
    members.notify(
        account=row.guest.sign_up.account,
        kind="matching.looked-at",
        facts={"name": activity.name, "union": activity.union.name},
        url=reverse("activities:matching", args=[row.guest.sign_up_id]),
        now=now,
    )
    return row
