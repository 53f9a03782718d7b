"""Reading a member card's code."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from niangjia.members.models import Membership, MembershipStatus
from niangjia.members.rules import cards as rules
from niangjia.members.rules.cards import Reading


@dataclass(frozen=True)
class CardReading:
    """What a code turned out to be; the membership is there only when the code is valid."""

    reading: Reading
    membership: Membership | None = None

    @property
    def is_valid(self) -> bool:
        return self.reading == Reading.VALID


def read_card(*, code: str, now: dt.datetime) -> CardReading:
    """What the code of a scanned card says. A membership that has ended has no valid code."""
    parsed = rules.parse_code(code)
    if parsed is None:
        return CardReading(Reading.WRONG)
    membership_id, mac = parsed
    reading = rules.read_mac(membership_id, mac, now)
    return _with_membership(reading, _live().filter(pk=membership_id).first())


def read_typed_card(*, number: str, digits: str, now: dt.datetime) -> CardReading:
    """What a membership number and the eight digits under the code say."""
    membership = _live().filter(number="".join(number.split())).first()
    if membership is None:
        return CardReading(Reading.WRONG)
    return _with_membership(rules.read_digits(membership.pk, digits, now), membership)


def _live() -> QuerySet[Membership]:
    return Membership.objects.select_related("union", "person").exclude(
        status=MembershipStatus.ENDED
    )


def _with_membership(reading: Reading, membership: Membership | None) -> CardReading:
    if membership is None:
        return CardReading(Reading.WRONG)
    return CardReading(reading, membership if reading == Reading.VALID else None)
