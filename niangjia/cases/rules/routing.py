"""Where in the tree a case belongs."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from niangjia.organisations.models import Status, Union

#: Cases climb up to provinces (depth 1); the national federation handles none itself.
HIGHEST_DEPTH = 1


def lowest_untied(
    chain: Sequence[Union],
    employers: Mapping[uuid.UUID, Collection[uuid.UUID]],
    accused: Collection[uuid.UUID],
    *,
    level: int = 9,
) -> Union | None:
    """The lowest union of `chain` (from the root down) that may handle a case about `accused`.

    A union with one of them among its employers is tied, and so is all below it. `employers` says
    which employers each union of the chain is there for. No lower than `level` (depth); None when
    even the top of the chain is tied, or nothing of it is active.
    """
    accused = set(accused)
    found: Union | None = None
    for union in chain:
        if accused & set(employers.get(union.pk, ())):
            break
        if union.status == Status.ACTIVE and HIGHEST_DEPTH <= union.depth <= level:
            found = union
    return found
