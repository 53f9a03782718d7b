"""Some twenty thousand made-up members, spread over the demonstration's unions.

Nobody here exists: the identity numbers are issued "at a province" (330000…), where no person's
number is ever issued, though their check digits hold.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar

from stdnum.cn import ric

from niangjia.core import audit
from niangjia.core.clock import CHINA
from niangjia.core.crypto import digest
from niangjia.members.models import (
    ChangeKind,
    DocumentType,
    Gender,
    Membership,
    MembershipChange,
    MembershipStatus,
    Person,
    Workplace,
)
from niangjia.members.rules.identity import digest_text
from niangjia.members.services import numbers
from niangjia.operations.demo import Progress
from niangjia.operations.demo import people_words as words
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.models import FigureChange, Kind, Origin, Union
from niangjia.organisations.services import next_ids

MEMBERS = 20_000
BATCH = 2_000
ISSUED_AT = "330000"
DAYS_A_YEAR = 365

Row = TypeVar("Row", Person, Membership)


def name_of(dice: Dice, gender: Gender) -> str:
    """A name that could be anybody's."""
    if dice.happens(0.01):
        return dice.pick(words.FROM_AFAR)
    letters = words.WOMENS if gender == Gender.FEMALE else words.MENS
    given = "".join(dice.pick(letters) for _ in range(2 if dice.happens(0.72) else 1))
    return dice.pick(words.SURNAMES) + given


def identity_number_of(serial: int, gender: Gender) -> tuple[str, dt.date]:
    """The `serial`th made-up number, and the birth date in it: 500 numbers a day and gender."""
    born = dt.date(1966, 1, 1) + dt.timedelta(days=serial * 37 % 14_000)
    sequence = (serial // 14_000) * 2 + (1 if gender == Gender.MALE else 2)
    body = f"{ISSUED_AT}{born:%Y%m%d}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0"), born


def make_person(serial: int, now: dt.datetime) -> Person:
    """A person as if entered and checked; not saved."""
    dice = Dice("person", serial)
    gender = Gender.FEMALE if dice.happens(0.44) else Gender.MALE
    number, born = identity_number_of(serial, gender)
    return Person(
        name=name_of(dice, gender),
        document_type=DocumentType.RESIDENT_ID,
        identity_number=number,
        identity_digest=digest("identity-number", digest_text(DocumentType.RESIDENT_ID, number)),
        verified_at=now,
        gender=gender,
        birth_date=born,
        ethnicity="01" if dice.happens(0.91) else f"{dice.number(2, 56):02d}",
        from_elsewhere=dice.happens(0.5),
    )


def load_members(*, now: dt.datetime, progress: Progress) -> int:
    """Fill the demonstration's unions with members, as a register taken over from paper is: in
    bulk, with one audit entry for all, no events, and figures that add up."""
    unions = list(
        Union.objects.filter(origin=Origin.DEMO, kind__in=[Kind.GRASSROOTS, Kind.JOINT]).order_by(
            "number"
        )
    )
    counted: dict[Union, int] = {}
    homes = homes_of(unions)
    for start in range(0, MEMBERS, BATCH):
        serials = range(start, min(start + BATCH, MEMBERS))
        persons = with_ids([make_person(serial, now) for serial in serials])
        chosen = [next(homes) for _ in persons]
        memberships = with_ids(
            [
                make_membership(serial, person, union, now)
                for serial, person, union in zip(serials, persons, chosen, strict=True)
            ]
        )
        Person.objects.bulk_create(persons)
        Membership.objects.bulk_create(memberships)
        MembershipChange.objects.bulk_create(
            change for membership in memberships for change in history_of(membership)
        )
        for union in chosen:
            counted[union] = counted.get(union, 0) + 1
        progress(serials[-1] + 1, MEMBERS)
    FigureChange.objects.bulk_create(
        FigureChange(union=union, metric="members", change=count)
        for union, count in counted.items()
    )
    audit.record(
        action="membership.loaded",
        by=None,
        subject="demonstration",
        details={"memberships": MEMBERS, "made_up": True},
    )
    return MEMBERS


def with_ids(rows: list[Row]) -> list[Row]:
    """The same rows, each with an id from the database, so that others can point at them."""
    for row, key in zip(rows, next_ids(len(rows)), strict=True):
        row.pk = key
    return rows


def homes_of(unions: list[Union]) -> Iterator[Union]:
    """A union for each member: joint unions are some five times as large as employers' ones."""
    weighted = [union for union in unions for _ in range(5 if union.kind == Kind.JOINT else 1)]
    dice = Dice("homes")
    while True:
        yield dice.pick(weighted)


def make_membership(serial: int, person: Person, union: Union, now: dt.datetime) -> Membership:
    """Where and since when somebody is a member; not saved."""
    dice = Dice("membership", serial)
    kind = union.admits_directly[0] if union.admits_directly else ""
    admitted = now.astimezone(CHINA).date() - dt.timedelta(days=dice.number(30, 9 * DAYS_A_YEAR))
    is_reserved = dice.happens(0.03)
    job = dice.pick(words.JOBS[kind])
    return Membership(
        number=numbers.unused_number(),
        person=person,
        union=union,
        status=MembershipStatus.RESERVED if is_reserved else MembershipStatus.ADMITTED,
        employer_name=dice.pick(words.PLATFORMS) if kind else union.name.removesuffix("工会"),
        job=job,
        workplace=Workplace.OUTDOORS if job in words.OUTDOOR_JOBS else "",
        admitted_date=admitted,
    )


def history_of(membership: Membership) -> Iterator[MembershipChange]:
    """How it came to be as it is."""
    admitted = dt.datetime.combine(membership.admitted_date, dt.time(10), tzinfo=CHINA)
    yield MembershipChange(
        membership=membership,
        kind=ChangeKind.REGISTERED,
        at=admitted,
        status=MembershipStatus.ADMITTED,
        union=membership.union,
    )
    if membership.status == MembershipStatus.RESERVED:
        yield MembershipChange(
            membership=membership,
            kind=ChangeKind.RESERVED,
            at=admitted + dt.timedelta(days=20),
            status=MembershipStatus.RESERVED,
            union=membership.union,
            reason="已退休，按规定保留会籍。",
        )
