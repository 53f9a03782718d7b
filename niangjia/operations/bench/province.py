"""A province for the benchmark of cases: 3,000 unions, their officers, workers and employers."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from niangjia.cases import services as cases
from niangjia.core import clock
from niangjia.core.crypto import digest
from niangjia.members.models import Account, Person, Post, Reach, Role
from niangjia.members.rules.identity import digest_text
from niangjia.operations.bench import scale
from niangjia.operations.demo.people_words import MENS, SURNAMES, WOMENS
from niangjia.organisations.models import Employer, Kind, Union
from niangjia.regions import services as regions
from niangjia.regions.models import Division

UNIONS = 3_000
PROVINCE = "33"
WORKERS = 60_000
EMPLOYERS = 3_000


def load() -> None:
    """The root and one province's unions, each with whoever handles its cases, the catalogue,
    workers and employers. As the owner, in an empty database."""
    regions.load_divisions()
    scale.make_up_townships()
    divisions = list(Division.objects.filter(code__startswith=PROVINCE).order_by("level", "code"))
    country = Division.objects.get(parent=None)
    federations = sum(1 for _row in scale.rows([country, *divisions], 0))
    scale.copy_unions([country, *divisions], UNIONS - federations, lambda _done, _total: None)
    cases.seed_catalogue(root=Union.objects.get(depth=0), now=clock.now())
    with transaction.atomic():
        copy(Account, officers())
        copy(Post, posts())
        copy(Person, (person(number) for number in range(WORKERS)))
        copy(Account, (worker(number) for number in range(WORKERS)))
        copy(Employer, employers(divisions))


def copy(model: type[Model], instances: Iterable[Model]) -> None:
    """Write instances by COPY, every column as Django would write it. They are read beforehand: a
    connection that copies answers no questions."""
    rows = list(instances)
    fields = model._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as writing:
        for instance in rows:
            writing.write_row([value_of(field, instance) for field in fields])


def value_of(field: Any, instance: Model) -> Any:
    """What stands in a column."""
    return field.get_db_prep_save(getattr(instance, field.attname), connection)


def numbered(kind: int, number: int) -> uuid.UUID:
    """The id of the `number`th thing of a kind: the same in every run."""
    return uuid.UUID(int=(0x0190 << 112) | (kind << 96) | (7 << 76) | (2 << 62) | number)


def handling() -> list[Union]:
    """The unions below the root, in the order of their numbers."""
    return list(Union.objects.filter(depth__gt=0).order_by("number"))


def officers() -> Iterator[Account]:
    """One a union."""
    for number, _union in enumerate(handling()):
        phone = f"+86156{number:08d}"
        yield account(numbered(1, number), phone, None)


def posts() -> Iterator[Post]:
    """A federation has a case officer, who reaches all below it; a grassroots union its chair."""
    for number, union in enumerate(handling()):
        yield Post(
            id=numbered(2, number),
            account_id=numbered(1, number),
            union=union,
            role=Role.CHAIR if union.kind == Kind.GRASSROOTS else Role.CASE_OFFICER,
            reach=Reach.SUBTREE,
            appointed_at=clock.now(),
        )


def account(key: uuid.UUID, phone: str, person_id: uuid.UUID | None) -> Account:
    """An account that nobody has signed in to."""
    found = Account(
        id=key,
        phone=phone,
        phone_digest=digest("phone", phone),
        person_id=person_id,
        created_at=clock.now(),
    )
    found.set_unusable_password()
    return found


def name_of(number: int) -> str:
    """A made-up name; namesakes come again and again, as they do."""
    given = MENS + WOMENS
    return SURNAMES[number % len(SURNAMES)] + given[number // 7 % len(given)]


def person(number: int) -> Person:
    """A worker."""
    identity = f"33078219{60 + number // 28_000:02d}01{1 + number % 28:02d}{number % 1000:03d}X"
    return Person(
        id=numbered(3, number),
        name=name_of(number),
        document_type="resident_id",
        identity_number=identity,
        identity_digest=digest("identity-number", digest_text("bench", str(number))),
        phone=phone_of(number),
        phone_digest=digest("phone", phone_of(number)),
    )


def phone_of(number: int) -> str:
    return f"+86157{number:08d}"


def worker(number: int) -> Account:
    """The account of a worker."""
    return account(numbered(4, number), phone_of(number), numbered(3, number))


def employers(divisions: Sequence[Division]) -> Iterator[Employer]:
    """Employers of nobody in particular, so that no officer is tied to one of them."""
    for number in range(EMPLOYERS):
        name = scale.pair(scale.BRANDS, number) + scale.pair(scale.BRANDS, number * 7)
        yield Employer(
            id=numbered(5, number),
            name=f"{name}{scale.pair(scale.TRADES, number)}{number}有限公司",
            division=divisions[number % len(divisions)],
            trade=scale.pair(scale.TRADES, number),
        )
