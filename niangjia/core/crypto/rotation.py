"""Writing everything anew under today's suite and keys (promise 31).

First `keys.provider().rotate("encryption")` (or "digest"), or a change of the setting
NIANGJIA_CIPHER_SUITE; then `rotate_all()`, while the node runs. It can be stopped and begun again:
what is under today's keys already is passed over. When it says 0, old keys may be thrown away.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from niangjia.core.crypto.digests import digest
from niangjia.core.crypto.fields import EncryptedTextField
from niangjia.core.crypto.sealing import current_header, seal, unseal

BATCH = 500


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted column of the house: none can be forgotten."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def rotate_all() -> int:
    """Bring every column and its digests up to today's; says how many rows were written."""
    return sum(rotate_field(model, field) for model, field in encrypted_fields())


def rotate_field(model: type[models.Model], field: EncryptedTextField) -> int:
    """One column, in short transactions of 500 rows in the order of their keys."""
    written, last = 0, None
    while rows := batch(model, field, last):
        with transaction.atomic():
            written += sum(rewrite(model, field, *row) for row in rows)
        last = rows[-1][0]
    return written


def batch(model: type[models.Model], field: EncryptedTextField, last: Any) -> list[tuple[Any, ...]]:
    """The next rows: primary key, ciphertext, digest (None where there is no digest column)."""
    quoted = connection.ops.quote_name
    table, pk, column = map(quoted, (model._meta.db_table, model._meta.pk.column, field.column))
    kept = quoted(field.digest[0]) if field.digest else "NULL::bytea"
    after = "" if last is None else f"AND {pk} > %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {pk}, {column}, {kept} FROM {table} "  # noqa: S608 (names from the models)
            f"WHERE {column} IS NOT NULL {after} ORDER BY {pk} LIMIT {BATCH}",
            [] if last is None else [last],
        )
        return list(cursor.fetchall())


def rewrite(
    model: type[models.Model], field: EncryptedTextField, pk: Any, sealed: Any, kept: Any
) -> bool:
    """Write one row anew if it needs it, unless somebody has changed it meanwhile."""
    sealed = bytes(sealed)
    text = unseal(sealed, context=field.context)
    changes: dict[str, bytes] = {}
    if sealed[:2] != current_header():
        changes[field.column] = seal(text, context=field.context)
    # An erased person's digest belongs to no text, and stays.
    if field.digest and kept is not None and text:
        fresh = digest(field.digest[1], text)
        if fresh != bytes(kept):
            changes[field.digest[0]] = fresh
    if not changes:
        return False
    quoted = connection.ops.quote_name
    assigned = ", ".join(f"{quoted(column)} = %s" for column in changes)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(model._meta.db_table)} SET {assigned} "  # noqa: S608
            f"WHERE {quoted(model._meta.pk.column)} = %s AND {quoted(field.column)} = %s",
            [*changes.values(), pk, sealed],
        )
        return bool(cursor.rowcount)
