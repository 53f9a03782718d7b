"""Keys of calls and orders under today's envelope key, and their digests under today's digest key
(promise 31). `feedback`'s digests of devices are not carried: they say something for one day."""

from dataclasses import replace

from niangjia.cases.selectors import owners
from niangjia.cases.services import receipts
from niangjia.cases.services.digests import account_ids, carry, in_batches, of_receipt
from niangjia.cases.services.receipts import Carried
from niangjia.cases.services.rotation import rewrap
from niangjia.core.crypto import rotation
from niangjia.hotline.models import Call, WorkOrder
from niangjia.hotline.selectors import number_digest
from niangjia.hotline.services import sealing


@rotation.also_rotate
def rewrap_keys() -> int:
    """Every key of a call or an order; says how many were written."""
    return rewrap(Call, sealing.context_of) + rewrap(WorkOrder, sealing.context_of)


@rotation.also_rotate
def digest_anew() -> int:
    """By what earlier calls of a number, and messages of an account or a receipt, are found; says
    how many were written. Stopped and begun again it does nothing twice."""
    of_accounts = carry(
        account_ids(), "owner_digest", ("hotline_call",), owners.PURPOSE, owners.of_account
    )
    return of_accounts + in_batches(Call, call_anew)


def call_lacks(call: Call) -> bool:
    """Whether it is of before there was a hash in the note; of a forgotten one there is no note."""
    return bool(call.sealed_key and call.note) and not sealing.note_of(call).receipt


def keep_in_call(call: Call, owner: bytes, kept: str) -> None:
    """Whoever wrote has come with the receipt: their message is carried on with their case."""
    call.owner_digest = owner
    if call.sealed_key and call.note:
        sealing.seal_note(call, replace(sealing.note_of(call), receipt=kept))
    call.save(update_fields=["note", "owner_digest"])


receipts.carried.append(Carried(Call, call_lacks, keep_in_call))


def call_anew(call: Call) -> bool:
    """The number that called, and the receipt of whoever wrote, by what lies sealed of them."""
    if not call.sealed_key:
        return False
    was = (call.number_digest and bytes(call.number_digest), bytes(call.owner_digest or b""))
    number = number_digest(sealing.opened(call, "number")) if call.number_digest else None
    owner = of_receipt(was[1], sealing.note_of(call).receipt) if was[1] else b""
    if was == (number, owner):
        return False
    call.number_digest, call.owner_digest = number, owner or None
    call.save(update_fields=["number_digest", "owner_digest"])
    return True
