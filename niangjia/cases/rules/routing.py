"""Where in the tree a case belongs."""

import uuid
from collections.abc import Collection, Sequence

from niangjia.organisations.models import Status, Union

#: Cases climb up to provinces (depth 1); the national federation handles none itself.
HIGHEST_DEPTH = 1


def lowest_untied(
    chain: Sequence[Union],
    tied: Collection[uuid.UUID],
    *,
    about: Collection[uuid.UUID] = (),
    deserted: Collection[uuid.UUID] = (),
    level: int = 9,
) -> Union | None:
    """The lowest union of `chain` (from the root down) that may handle a case about an employer, or
    about somebody who works at a union.

    A union with that employer among its own is `tied`, and so is all below it; so is one at which
    somebody works whom the case is `about`, unless nobody above it handles cases: then it is the
    matter of its other officers. Of unions that are `deserted` (all their officers are kept from
    the case) the next above takes it, if there is one. No lower than `level` (depth); None when
    even the top of the chain is tied, or nothing of it is active.
    """
    able: list[Union] = []
    for union in chain:
        if union.pk in tied or (union.pk in about and able):
            break
        is_able = union.status == Status.ACTIVE and union.depth <= level
        if is_able and (union.depth >= HIGHEST_DEPTH or union.pk in about):
            able.append(union)
        if union.pk in about:
            break
    staffed = [union for union in able if union.pk not in deserted]
    return (staffed[-1] if staffed else able[0]) if able else None
