"""Whether a case is a decoy: only whoever has the digest key can tell."""

import hmac
import uuid

from niangjia.cases.models import Case
from niangjia.core.crypto import digest
from niangjia.core.crypto.digests import digests_of

PURPOSE = "case-decoy"


def decoy_mark(case_id: uuid.UUID) -> bytes:
    """What stands in `mark` of a decoy."""
    return digest(PURPOSE, str(case_id))


def is_decoy(case: Case) -> bool:
    """Whether nobody asked for this case."""
    mark = bytes(case.mark)
    return any(hmac.compare_digest(mark, one) for one in digests_of(PURPOSE, str(case.pk)))
