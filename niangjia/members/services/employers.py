"""Renaming and merging employers: by a post that speaks for every union they are named by."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.core import transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post
from niangjia.members.selectors.employers import find_speaker, paths_of
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer


@transactions.atomic
def rename_employer(
    *, posts: Sequence[Post], employer_id: uuid.UUID, name: str, now: dt.datetime
) -> Employer:
    """As `organisations.rename_employer`, by whoever holds `posts`.

    Raises `Conflict` "shared-employer" when a union out of their reach is there for it as well: who
    is tied to an employer, and so does not read what is said about it, is no matter of one union.
    """
    by = hold([employer_id], posts)
    return organisations.rename_employer(employer_id=employer_id, name=name, by=by, now=now)


@transactions.atomic
def merge_employers(
    *, posts: Sequence[Post], employer_id: uuid.UUID, into_id: uuid.UUID, now: dt.datetime
) -> Employer:
    """As `organisations.merge_employers`, by whoever holds `posts`. Raises `Conflict`
    "shared-employer" like `rename_employer`, for the unions of either."""
    by = hold([employer_id, into_id], posts)
    return organisations.merge_employers(employer_id=employer_id, into_id=into_id, by=by, now=now)


def hold(employer_ids: list[uuid.UUID], posts: Sequence[Post]) -> Post:
    """Lock the employers; the post that speaks for all their unions."""
    organisations.lock_employers(employer_ids)
    by = find_speaker(posts, paths_of(employer_ids))
    if by is None:
        raise Conflict(
            _(
                "Unions beyond your reach are there for this employer as well. The union above "
                "them all renames and merges it."
            ),
            code="shared-employer",
        )
    return by
