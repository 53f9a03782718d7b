"""会籍变更: the union puts a member's particulars right."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import ChangeKind, Membership, MembershipStatus, Post
from niangjia.members.rules import applications as rules
from niangjia.members.rules import particulars as register
from niangjia.members.selectors.memberships import last_change_id, particulars_of
from niangjia.members.services.memberships.recording import lock_within, record_change, tell


def check_correction(
    *, membership: Membership, particulars: Mapping[str, Any], reason: str, now: dt.datetime
) -> register.Differences:
    """What `correct_membership` would change, for the officer to look at first. Writes nothing.
    Raises `Invalid` and `Conflict` as it does."""
    rules.check_reason(True, reason)
    if membership.status == MembershipStatus.ENDED:
        raise Conflict(_("This membership has ended."), code="membership-ended")
    person = membership.person
    before = particulars_of(membership)
    same = {field: value for field, value in particulars.items() if before[field] == value}
    given = {field: value for field, value in particulars.items() if field not in same}
    after = register.cleaned(
        given,
        is_verified=person.verified_at is not None,
        birth_date=person.birth_date,
        today=now.astimezone(clock.CHINA).date(),
    )
    return register.differences(before, after)


@transactions.atomic
def correct_membership(
    *,
    by: Post,
    membership: Membership,
    particulars: Mapping[str, Any],
    reason: str,
    seen: uuid.UUID | None = None,
    now: dt.datetime,
) -> register.Differences:
    """Put particulars right (`rules.particulars.LABELS`: field → new value), say why, and tell the
    member; the history keeps what stood there before, the audit chain only which fields.

    `seen` is the last step of the history the officer had before them (`last_change_id`); if
    another came since, nothing is written. Says what changed.

    Raises `NotFound` out of reach, `Invalid` on the reason and the fields, `Conflict`
    "membership-ended", "membership-changed" or "nothing-changed".
    """
    membership = lock_within(by, membership)
    if seen is not None and seen != last_change_id(membership):
        raise Conflict(_("The membership has changed meanwhile."), code="membership-changed")
    changed = check_correction(
        membership=membership, particulars=particulars, reason=reason, now=now
    )
    for field in changed:
        holder = membership.person if field in register.OF_THE_PERSON else membership
        setattr(holder, field, _value(field, changed[field]["after"]))
    own = sorted(changed.keys() - register.OF_THE_PERSON)
    theirs = sorted(changed.keys() & register.OF_THE_PERSON)
    if own:
        membership.save(update_fields=own)
    if theirs:
        membership.person.save(update_fields=theirs)
    record_change(
        membership,
        ChangeKind.CORRECTED,
        by=by.account_id,
        now=now,
        reason=reason.strip(),
        particulars=changed,
    )
    facts = {"union": membership.union.name, "reason": reason.strip(), "particulars": list(changed)}
    tell(membership, "membership.corrected", facts, now=now)
    return changed


def _value(field: str, text: str) -> Any:
    return dt.date.fromisoformat(text) if field == "admitted_date" else text
