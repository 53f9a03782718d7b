"""Writing everything anew under today's suite and keys (promise 31).

First `keys.provider().rotate("encryption")` (or "digest"), or a change of the setting
NIANGJIA_CIPHER_SUITE; then `rotate_all()`, while the node runs: look-ups by `digests_of` find rows
of either key. It can be stopped and begun again: what is under today's keys is passed over. When
it says 0, old keys may be thrown away.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol, runtime_checkable

from django.apps import apps
from django.db import connection, models

from niangjia.core import transactions
from niangjia.core.crypto.fields import EncryptedTextField
from niangjia.core.crypto.sealing import current_header

BATCH = 500

Rotator = Callable[[], int]
rotators: list[Rotator] = []


def also_rotate(rotator: Rotator) -> Rotator:
    """Register what lies sealed where no column of ours says so, as in a library's table. The
    rotator brings it up to today's key and says how many rows it wrote."""
    if rotator not in rotators:
        rotators.append(rotator)
    return rotator


@runtime_checkable
class Digested(Protocol):
    """A row that knows the digests it is found by."""

    def digests(self) -> dict[str, bytes]:
        """Column → digest under today's key; columns of what was erased are left out."""


def encrypted_models() -> Iterator[tuple[type[models.Model], list[EncryptedTextField]]]:
    """Every table with encrypted columns of ours: none can be forgotten."""
    for model in apps.get_models():
        fields = [f for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        if fields:
            yield model, fields


def rotate_all() -> int:
    """Bring every column and its digests up to today's; says how many rows were written."""
    ours = sum(rotate_model(model, fields) for model, fields in encrypted_models())
    return ours + sum(rotator() for rotator in rotators)


def rotate_model(model: type[models.Model], fields: list[EncryptedTextField]) -> int:
    """One table, in short transactions of 500 locked rows in the order of their keys."""
    total, last = 0, None
    while True:
        written, last = rotate_batch(model, fields, last)
        total += written
        if last is None:
            return total


@transactions.atomic
def rotate_batch(
    model: type[models.Model], fields: list[EncryptedTextField], last: Any
) -> tuple[int, Any]:
    """How many of the rows after `last` were written, and which was the last of them; None when
    there are no more. The node runs meanwhile, so a batch may meet somebody."""
    refuse_hidden_rows()
    rows = next_rows(model, fields, last)
    return sum(rewrite(row, fields) for row in rows), rows[-1].pk if rows else None


def refuse_hidden_rows() -> None:
    """Until this transaction ends, the database refuses to answer where row-level security would
    leave rows out: what a rotation passes over in silence is lost with the old key."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")


def next_rows(
    model: type[models.Model], fields: list[EncryptedTextField], last: Any
) -> list[models.Model]:
    """The rows after `last`, each with the first two bytes of its ciphertexts."""
    headers: dict[str, Any] = {
        f"header_{field.name}": models.Func(
            models.F(field.name), 1, 2, function="substring", output_field=models.BinaryField()
        )
        for field in fields
    }
    rows = model._base_manager.annotate(**headers).order_by("pk").select_for_update(of=("self",))
    return list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])


def rewrite(row: models.Model, fields: list[EncryptedTextField]) -> bool:
    """Write one row anew if something of it is under an older key."""
    stale = [
        field.name
        for field in fields
        if (header := getattr(row, f"header_{field.name}")) and bytes(header) != current_header()
    ]
    if isinstance(row, Digested):
        for column, fresh in row.digests().items():
            if bytes(getattr(row, column) or b"") != fresh:
                setattr(row, column, fresh)
                stale.append(column)
    if stale:
        row.save(update_fields=stale)
    return bool(stale)
