"""Receipts of before there was a hash of them beside the answers."""

import json

from niangjia.cases.models import Case
from niangjia.cases.selectors.owners import is_first_key, kept_of_receipt, owner_of_kept
from niangjia.cases.services import locking, timeline
from niangjia.core import protection, transactions


@transactions.atomic
def keep_receipt(*, owner: bytes, receipt: str) -> bytes:
    """Whoever comes with an old receipt brings what a change of the digest key needs to carry their
    case on, and what nobody else can know: its hash is kept from now on (`services.digests`). Gives
    by what the case is found, which is under today's key at once. Twice is once.

    An old receipt that nobody comes with before its key is given up finds nothing afterwards: its
    128 bits are stored nowhere (promise 5), so no key could digest them anew.
    """
    with protection.working("cases.receipt"):
        case = locking.locked(Case.objects.filter(owner_digest=owner))
        if case is None or not case.sealed_key:
            return owner
        told = timeline.told_in(case)
        kept = kept_of_receipt(receipt)
        if not told.get("receipt"):
            text = json.dumps(told | {"receipt": kept}, ensure_ascii=False)
            case.answers = timeline.key_of(case).seal(text, part="answers")
            case.owner_digest = owner if is_first_key() else owner_of_kept(kept)
            case.save(update_fields=["answers", "owner_digest"])
    return bytes(case.owner_digest)
