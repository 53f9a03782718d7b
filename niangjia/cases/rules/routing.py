"""Where in the tree a case belongs."""

import uuid
from collections.abc import Collection, Sequence

from niangjia.organisations.models import Status, Union

#: Cases climb up to provinces (depth 1); the national federation handles none itself.
HIGHEST_DEPTH = 1


def lowest_untied(
    chain: Sequence[Union], tied: Collection[uuid.UUID], *, level: int = 9
) -> Union | None:
    """The lowest union of `chain` (from the root down) that may handle a case about an employer.

    A union with that employer among its own is `tied`, and so is all below it. No lower than
    `level` (depth); None when even the top of the chain is tied, or nothing of it is active.
    """
    found: Union | None = None
    for union in chain:
        if union.pk in tied:
            break
        if union.status == Status.ACTIVE and HIGHEST_DEPTH <= union.depth <= level:
            found = union
    return found
