"""A crowd for the benchmark of claims: a province's workers, all members, all signed in."""

import datetime as dt
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from niangjia.core import clock
from niangjia.core.edge.sessions import SessionStore
from niangjia.members.models import Account, Membership, MembershipStatus, Person
from niangjia.operations.bench import province
from niangjia.operations.bench.officers import BACKEND
from niangjia.organisations.models import Kind, Union

SINCE = dt.date(2020, 1, 1)


def load() -> None:
    """The province, its workers with checked names, each a member of a grassroots union. As the
    owner, in an empty database."""
    province.load()
    with transaction.atomic():
        province.copy(Membership, memberships())
        Person.objects.update(verified_at=clock.now())


def memberships() -> Iterator[Membership]:
    """One for each worker, spread over the unions."""
    unions = list(Union.objects.filter(kind=Kind.GRASSROOTS).order_by("number"))
    for number in range(province.WORKERS):
        yield Membership(
            id=province.numbered(6, number),
            number=f"{number:016d}",
            person_id=province.numbered(3, number),
            union=unions[number % len(unions)],
            status=MembershipStatus.ADMITTED,
            admitted_date=SINCE,
        )


# Not retried: the database is nobody else's.
@transaction.atomic
def sign_everybody_in(file: Path) -> None:
    """A session for each worker, as signing in leaves it; their keys go to `file`, one a line."""
    Session.objects.all().delete()
    ends = clock.now() + dt.timedelta(days=1)
    keys = [secrets.token_hex(16) for _number in range(province.WORKERS)]
    workers = [province.numbered(4, number) for number in range(province.WORKERS)]
    passwords = dict(Account.objects.filter(pk__in=workers).values_list("pk", "password"))

    def sessions() -> Iterator[Session]:
        for key, worker in zip(keys, workers, strict=True):
            said = {
                SESSION_KEY: str(worker),
                BACKEND_SESSION_KEY: BACKEND,
                HASH_SESSION_KEY: Account(password=passwords[worker]).get_session_auth_hash(),
            }
            yield Session(key, SessionStore().encode(said), ends)

    province.copy(Session, sessions())
    file.write_text("\n".join(keys))
