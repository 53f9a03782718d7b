"""Coming with a receipt: by what everything that it leads to is found, today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from niangjia.cases.models import Case, GroupMember
from niangjia.cases.selectors.owners import (
    is_first_key,
    kept_of_receipt,
    owner_of_kept,
    owners_of_receipt,
)
from niangjia.cases.services import contacts, timeline
from niangjia.core import protection, transactions


@dataclass(frozen=True)
class Carried:
    """A table whose rows a receipt leads to, by `owner_digest`. `lacks` says that a row could keep
    the hash of its receipt and does not; `keep` gives it the digest of today, and the hash; `along`
    is read with it."""

    table: type[Model]
    lacks: Callable[[Any], bool]
    keep: Callable[[Any, bytes, str], None]
    along: tuple[str, ...] = ()

    def carry_on(self, owners: Sequence[bytes], now: bytes, kept: str) -> None:
        """Bring the rows found by any of `owners` to `now`. One query; two where there is something
        to do. As background work."""
        rows = self.table._default_manager.filter(owner_digest__in=owners).order_by("pk")
        rows = rows.select_related(*self.along) if self.along else rows
        stale = [row.pk for row in rows if self.is_stale(row, now)]
        if not stale:
            return
        for row in rows.filter(pk__in=stale).select_for_update(of=("self",)):
            if self.is_stale(row, now):
                self.keep(row, now, kept)

    def is_stale(self, row: Any, now: bytes) -> bool:
        return bytes(row.owner_digest) != now or self.lacks(row)


def case_lacks(case: Case) -> bool:
    """Whether it is of before there was a hash beside the answers."""
    return bool(case.sealed_key) and not timeline.told_in(case).get("receipt")


def keep_in_case(case: Case, owner: bytes, kept: str) -> None:
    """Beside the answers, unless they are erased."""
    case.owner_digest = owner
    if case.sealed_key:
        timeline.seal_told(case, timeline.told_in(case) | {"receipt": kept})
    case.save(update_fields=["answers", "owner_digest"])


def member_lacks(member: GroupMember) -> bool:
    """Whether it is of before there was a hash in the contact."""
    case = member.case
    return contacts.is_sealed(case, member) and not contacts.contact_of(case, member).receipt


def keep_in_member(member: GroupMember, owner: bytes, kept: str) -> None:
    """What says who it is is sealed to where they are found: anew, to the new place."""
    case = member.case
    if contacts.is_sealed(case, member):
        contact = replace(contacts.contact_of(case, member), receipt=kept)
        member.contact = contacts.seal_contact(case, contact, owner=owner)
    member.owner_digest = owner
    member.save(update_fields=["contact", "owner_digest"])


#: Rooms above add theirs. A case comes before its members, as whoever holds both locks them.
carried: list[Carried] = [
    Carried(Case, case_lacks, keep_in_case),
    Carried(GroupMember, member_lacks, keep_in_member, ("case",)),
]


@transactions.atomic
def come_with(*, receipt: str) -> bytes:
    """By what the case, the part in a group and the message of a receipt, as typed, are found: 32
    bytes. Of a receipt that leads to nothing, by what nothing is found.

    Whoever comes with a receipt brings what a change of the digest key needs to carry on what is
    theirs, and what nobody else can know: its hash is kept from now on beside what it leads to
    (`services.digests`), all of which is found under today's key at once. Twice is once.

    An old receipt that nobody comes with before its key is given up finds nothing afterwards: its
    128 bits are stored nowhere (promise 5), so no key could digest them anew.
    """
    owners, kept = owners_of_receipt(receipt), kept_of_receipt(receipt)
    now = owners[0] if is_first_key() else owner_of_kept(kept)
    with protection.working("cases.receipt"):
        for each in carried:
            each.carry_on(owners, now, kept)
    return now
