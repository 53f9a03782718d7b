"""A union says at one go which of its own work outdoors."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from niangjia.core import transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Membership, MembershipStatus, Post
from niangjia.members.services.memberships.correcting import correct_membership
from niangjia.organisations.models import Union

#: So many at one go: each is written down and told by itself.
MOST = 200


@transactions.atomic
def say_workplace(
    *,
    by: Post,
    union: Union,
    numbers: Sequence[str],
    workplace: str,
    reason: str,
    now: dt.datetime,
) -> int:
    """Say of members of `union`, by their membership numbers, where they work (`Workplace`, "" for
    not known any more); says of how many that is new. Each is a correction of the register as by
    hand: told to the member, kept in their history. All of them or none, and again changes nothing.

    Raises `Invalid` on `numbers` for none, too many, or numbers of nobody in this union; as
    `correct_membership` on the reason.
    """
    wanted = list(dict.fromkeys(numbers))
    if not 1 <= len(wanted) <= MOST:
        raise refused(_("From 1 to %(most)s numbers at one go.") % {"most": MOST})
    found = Membership.objects.filter(union=union, number__in=wanted).select_related("person")
    members = {each.number: each for each in found.exclude(status=MembershipStatus.ENDED)}
    if strange := [number for number in wanted if number not in members]:
        names = _(", ").join(strange[:5])
        raise refused(_("No members of this union: %(numbers)s") % {"numbers": names})
    changed = [each for each in members.values() if each.workplace != workplace]
    for membership in sorted(changed, key=lambda each: each.person_id):
        correct_membership(
            by=by,
            membership=membership,
            particulars={"workplace": workplace},
            reason=reason,
            now=now,
        )
    return len(changed)


def refused(problem: str) -> Invalid:
    return Invalid(problem, fields={"numbers": problem})
