"""Looking at personal data: always for a stated purpose, always recorded for whose it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Invalid, NotFound, Throttled
from niangjia.core.models import AuditEntry
from niangjia.members import selectors
from niangjia.members.models import Account, Application, Membership, Person
from niangjia.members.rules import purposes
from niangjia.members.rules.permissions import Action
from niangjia.members.rules.purposes import LookUpPurpose
from niangjia.members.selectors.registers import MemberQuery, find_members
from niangjia.organisations.models import Union

#: Promise 8: nobody answers this many workers by hand; whoever asks for more is collecting.
LOOK_UPS_PER_HOUR = 60
LOOK_UPS_PER_DAY = 200


@dataclass(frozen=True)
class Limit:
    """So many look-ups in so long."""

    look_ups: int
    span: dt.timedelta


LIMITS = (
    Limit(LOOK_UPS_PER_HOUR, dt.timedelta(hours=1)),
    Limit(LOOK_UPS_PER_DAY, dt.timedelta(days=1)),
)


@transactions.atomic
def look_up_members(
    *, by: Account, query: MemberQuery, purpose: str, now: dt.datetime
) -> list[Membership]:
    """The memberships within reach that `query` names, for a purpose (`rules.purposes.stated`).

    Every look-up counts, also one that finds nothing, and each person found can read who looked and
    why (promise 6). Raises `NotFound` without a post that entitles, `Invalid` without a purpose,
    `Throttled` past the limits of an officer (promise 8).
    """
    posts = selectors.current_posts(by)
    if not selectors.reaches(posts, Action.LOOK_UP_MEMBERS):
        raise NotFound(_("There is no such page"))
    check_purpose(purpose)
    spend_look_up(by, purpose, now)
    found = find_members(posts, query)
    for membership in found:
        _record_view("member.looked_up", by, membership, purpose)
    return found


@transactions.atomic
def view_member(*, by: Account, membership: Membership, purpose: str, now: dt.datetime) -> None:
    """Record that `by` opens the page of a member; counts as a look-up."""
    check_purpose(purpose)
    spend_look_up(by, purpose, now)
    _record_view("member.viewed", by, membership, purpose)


@transactions.atomic
def reveal_identity_number(
    *, by: Account, person: Person, union: Union, subject: str, purpose: str, now: dt.datetime
) -> str:
    """The whole identity number of somebody whose masked one `by` already sees; counts as a
    look-up. `subject` says where: "application:<id>" or "membership:<id>"."""
    check_purpose(purpose)
    spend_look_up(by, purpose, now)
    audit.record(
        action="identity_number.revealed",
        by=by.pk,
        subject=subject,
        union_id=union.pk,
        person_id=person.pk,
        purpose=purpose,
    )
    return person.identity_number or ""


@transactions.atomic
def record_entry_attempt(*, by: Account, person: Person, union: Union, now: dt.datetime) -> None:
    """`by` typed the number of somebody who stands here already into the paper register's form, and
    so learnt that. It counts as a look-up and the person sees it. Raises `Throttled`."""
    purpose = purposes.stated(LookUpPurpose.CORRECTION, gettext("entry from the paper register"))
    spend_look_up(by, purpose, now)
    audit.record(
        action="member.entry_refused",
        by=by.pk,
        subject=f"person:{person.pk}",
        union_id=union.pk,
        person_id=person.pk,
        purpose=purpose,
    )


def record_application_view(*, by: Account, application: Application) -> None:
    """Record that `by` opened an application in order to decide it; once an hour is enough."""
    subject = f"application:{application.pk}"
    since = clock.now() - dt.timedelta(hours=1)
    seen = AuditEntry.objects.filter(
        subject=subject, at__gt=since, account_id=by.pk, action="application.viewed"
    )
    if not seen.exists():
        audit.record(
            action="application.viewed",
            by=by.pk,
            subject=subject,
            union_id=application.union_id,
            person_id=application.person_id,
            purpose=purposes.stated(LookUpPurpose.APPLICATION, application.number or ""),
        )


@transactions.atomic
def list_members(
    *, by: Account, memberships: Sequence[Membership], purpose: str, now: dt.datetime
) -> None:
    """Record that `by` is shown a list of members: each of them counts as a look-up, and each can
    read who looked and why. A list so is never a way round the limits (promise 8). Raises
    `Invalid` without a purpose, `Throttled` when the whole list does not fit into them any more."""
    check_purpose(purpose)
    for _each in memberships:
        spend_look_up(by, purpose, now)
    for membership in memberships:
        _record_view("member.listed", by, membership, purpose)


def check_purpose(purpose: str) -> None:
    """Raise `Invalid` unless `purpose` is one that `rules.purposes.stated` wrote."""
    code, _separator, words = purpose.partition(": ")
    if code not in LookUpPurpose.values or not words:
        problem = _("State what you need it for.")
        raise Invalid(problem, code="no-purpose", fields={"purpose": problem})


def spend_look_up(by: Account, purpose: str, now: dt.datetime) -> None:
    """Count one look-up of `by`, under a lock so that two at once are two. In the transaction of
    what looks somebody up. Raises `Throttled` past the limits of an officer (promise 8)."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    subject = f"look-ups-by:{by.pk}"
    for limit in LIMITS:
        spent = AuditEntry.objects.filter(subject=subject, at__gt=now - limit.span)
        if spent.count() >= limit.look_ups:
            raise Throttled(
                _("You have looked up very many people. Please go on later."),
                retry_after_seconds=int(limit.span.total_seconds()),
            )
    audit.record(action="look_up.made", by=by.pk, subject=subject, purpose=purpose)


def _record_view(action: str, by: Account, membership: Membership, purpose: str) -> None:
    audit.record(
        action=action,
        by=by.pk,
        subject=f"membership:{membership.pk}",
        union_id=membership.union_id,
        person_id=membership.person_id,
        purpose=purpose,
    )
