"""Whether a case is a decoy: only whoever has the digest key can tell."""

import hmac
import uuid
from collections.abc import Sequence

from niangjia.cases.models import Case
from niangjia.core.crypto import digest
from niangjia.core.crypto.digests import digests_of_each

PURPOSE = "case-decoy"


def decoy_mark(case_id: uuid.UUID) -> bytes:
    """What stands in `mark` of a decoy."""
    return digest(PURPOSE, str(case_id))


def is_decoy(case: Case) -> bool:
    """Whether nobody asked for this case."""
    return bool(decoys_among([case]))


def decoys_among(cases: Sequence[Case]) -> set[uuid.UUID]:
    """Those of `cases` that nobody asked for."""
    marks = digests_of_each(PURPOSE, (str(case.pk) for case in cases))
    return {
        case.pk
        for case, its in zip(cases, marks, strict=True)
        if any(hmac.compare_digest(bytes(case.mark), one) for one in its)
    }
