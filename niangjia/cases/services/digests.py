"""Digesting anew, under today's key, what cases are found by (promise 31).

What follows from an id (of an account, a person, a case) is computed for all of them; what follows
from something sealed is opened, one case after the other. What neither leads to (receipts of before
there was a hash of them beside the answers) stays under the key it was made with until somebody
comes with it: `receipts.come_with` asks for each key there is, and keeps its hash then.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from niangjia.cases.models import Case, CaseGroup, CaseLetter, GroupMember
from niangjia.cases.rules import groups as rules
from niangjia.cases.selectors import decoys, groups, letters, owners
from niangjia.cases.services import contacts, timeline
from niangjia.cases.services.letters.sealing import said_in
from niangjia.core import protection
from niangjia.core.crypto import digest, rotation
from niangjia.core.crypto.digests import digests_of
from niangjia.members.models import Account, Person

BATCH = 500
OWNED, OF_PERSONS = ("cases_case", "cases_casedraft"), ("cases_case",)
MOVE = """
UPDATE {table} SET {column} = moved.now
FROM unnest(%s::bytea[], %s::bytea[]) AS moved(was, now) WHERE {column} = moved.was
"""


@rotation.also_rotate
def digest_anew() -> int:
    """Every digest of the room that is not today's; says how many were written. Stopped and begun
    again it does nothing twice."""
    people = Person.objects.order_by("pk").values_list("pk", flat=True).iterator()
    return (
        carry(account_ids(), "owner_digest", OWNED, owners.PURPOSE, owners.of_account)
        + carry(people, "person_digest", OF_PERSONS, owners.OF_PERSON, str)
        + in_batches(Case, mark_anew)
        + in_batches(Case, own_anew)
        + in_batches(CaseGroup, code_anew)
        + in_batches(GroupMember, member_anew)
        + in_batches(CaseLetter, letter_anew)
    )


def account_ids() -> Iterator[uuid.UUID]:
    return Account.objects.order_by("pk").values_list("pk", flat=True).iterator()


def carry(
    ids: Iterable[uuid.UUID],
    column: str,
    tables: Iterable[str],
    purpose: str,
    text: Callable[[uuid.UUID], str],
) -> int:
    """Rows found by the digest of an id: without opening one of them."""
    written = 0
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        pairs = [
            (was, digest(purpose, text(each)))
            for each in batch
            for was in digests_of(purpose, text(each))[1:]
        ]
        if not pairs:
            return 0
        was, now = zip(*pairs, strict=True)
        # Not retried: a command of the owner's, begun again where it stopped.
        with transaction.atomic(), protection.working("cases.rotation"):
            for table in tables:
                with connection.cursor() as cursor:
                    cursor.execute(MOVE.format(table=table, column=column), [list(was), list(now)])
                    written += cursor.rowcount
    return written


def in_batches(model: type[Model], anew: Callable[[Any], bool]) -> int:
    """Each row of `model`, locked, five hundred in a transaction."""
    written, last = 0, None
    while True:
        # Not retried: a command of the owner's, begun again where it stopped.
        with transaction.atomic(), protection.working("cases.rotation"):
            found = model._default_manager.order_by("pk").select_for_update(of=("self",))
            rows = list((found if last is None else found.filter(pk__gt=last))[:BATCH])
            written += sum(anew(row) for row in rows)
        if not rows:
            return written
        last = rows[-1].pk


def mark_anew(case: Case) -> bool:
    """A decoy stays one; what is none stays chance."""
    if not decoys.is_decoy(case) or bytes(case.mark) == decoys.decoy_mark(case.pk):
        return False
    Case.objects.filter(pk=case.pk).update(mark=decoys.decoy_mark(case.pk))
    return True


def own_anew(case: Case) -> bool:
    """The case of a receipt, by the hash of it that lies beside the answers."""
    told = timeline.told_in(case) if case.sealed_key else {}
    now = of_receipt(bytes(case.owner_digest), told.get("receipt", ""))
    if now == bytes(case.owner_digest):
        return False
    Case.objects.filter(pk=case.pk).update(owner_digest=now)
    return True


def of_receipt(was: bytes, kept: str) -> bytes:
    """The digest of a receipt today: as it was where nothing has changed yet, or where no hash of
    it was kept."""
    return owners.owner_of_kept(kept) if kept and not owners.is_first_key() else was


def letter_anew(letter: CaseLetter) -> bool:
    """The code by which a letter is verified, the one thing of it that changes (migration 0018)."""
    if not letter.case.sealed_key:
        return False
    now = letters.code_digest(str(said_in(letter.case, letter)["code"]))
    if bytes(letter.code_digest) == now:
        return False
    return bool(CaseLetter.objects.filter(pk=letter.pk).update(code_digest=now))


def code_anew(group: CaseGroup) -> bool:
    """The code by which others join."""
    if not group.case.sealed_key:
        return False
    code = timeline.key_of(group.case).unseal(group.code, part="group")
    now = groups.code_digest(rules.shown_code(code))
    if bytes(group.code_digest) == now:
        return False
    CaseGroup.objects.filter(pk=group.pk).update(code_digest=now)
    return True


def member_anew(member: GroupMember) -> bool:
    """A part in a group: who it is lies sealed to the digest, so it is sealed anew with it."""
    contact = contacts.contact_of(member.case, member)
    if contact == contacts.NOBODY:
        return False
    if contact.account:
        owner = owners.owner_of_account(contact.account)
    else:
        owner = of_receipt(bytes(member.owner_digest), contact.receipt)
    phone = groups.phone_digest(member.case_id, contact.phone) if contact.phone else None
    before = (bytes(member.owner_digest), member.phone_digest and bytes(member.phone_digest))
    if before == (owner, phone):
        return False
    member.owner_digest, member.phone_digest = owner, phone
    member.contact = contacts.seal_contact(member.case, contact, owner=owner)
    member.save(update_fields=["owner_digest", "phone_digest", "contact"])
    return True
