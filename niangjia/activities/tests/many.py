"""Thousands of sign-ups at once, as rows made by the database from one that was really made."""

from django.db import connection
from django.db.models import Model

from niangjia.activities.models import Activity, SignUp
from niangjia.activities.tests.factories import join, run_of
from niangjia.allocation.models import Claim, Stock
from niangjia.members.models import Account


def copy_rows(model: type[Model], pk: object, count: int, **changed: str) -> None:
    """`count` copies of a row with new ids; `changed` are SQL by column, `n` being the count."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    values = [changed.get(column, f"t.{column}") for column in columns]
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608
        f"FROM {table} AS t CROSS JOIN generate_series(1, %s) AS n WHERE t.id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [count, pk])


def join_many(activity: Activity, count: int) -> None:
    """`count` people more have a seat: accounts, claims and sign-ups that hang together."""
    first = join(activity)
    connection.send_waiting()  # type: ignore[attr-defined]
    known = "('00000000-0000-7000-8000-' || lpad(to_hex({} + n), 12, '0'))::uuid"
    account, claim, sign_up = (known.format(base) for base in (0, 1_000_000, 2_000_000))
    copy_rows(
        Account,
        first.account_id,
        count,
        id=account,
        person_id="NULL",
        phone_digest="sha256(n::text::bytea)",
    )
    pool = run_of(activity).pool_id
    copy_rows(
        Claim,
        first.claim_id,
        count,
        id=claim,
        account_id=account,
        holder_id=account,
        place="t.place + n",
        key="NULL",
    )
    copy_rows(SignUp, first.pk, count, id=sign_up, account_id=account, claim_id=claim)
    Stock.objects.filter(pool=pool).update(taken=count + 1, last_place=count + 1)
