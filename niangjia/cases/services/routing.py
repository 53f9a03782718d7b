"""Finding the union that handles a case."""

import uuid
from collections.abc import Sequence
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, TextField
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case
from niangjia.cases.rules import routing
from niangjia.core.errors import Conflict
from niangjia.core.prepared import AnyOf, Given, Prepared
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import ancestor_paths
from niangjia.organisations.selectors.employers import kin, links_ever


def find_handler(union: Union, accused: Sequence[uuid.UUID], level: int) -> Union:
    """The lowest union from `union` upward, and no lower than `level`, that is tied to none of
    `accused`. Raises `Conflict`. One query, two or three more for a complaint."""
    handler = untied_in(ancestor_paths(union.path), accused, level)
    if handler is None:
        raise Conflict(
            _("No union nearby is free of ties to this employer. Please call 12351."),
            code="nobody-untied",
        )
    return handler


def union_above(case: Case, union: Union) -> Union | None:
    """The next union above `union` that may be called for `case`; None at the top."""
    return untied_in(ancestor_paths(union.path)[:-1], case.accused_ids)


def untied_in(paths: Sequence[str], accused: Sequence[uuid.UUID], level: int = 9) -> Union | None:
    chain = list(unions_at().instances(paths=list(paths)))
    known = kin(accused) if accused else set()
    return routing.lowest_untied(chain, employers_of(chain, known), known, level=level)


@cache
def unions_at() -> Prepared[Union]:
    """The question for a chain of unions, the highest first."""
    at = AnyOf(F("path"), Given("paths", ArrayField(TextField())))
    return Prepared(Union.objects.filter(at).select_related("division").order_by("depth"))


def employers_of(
    chain: Sequence[Union], employers: set[uuid.UUID]
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Which of `employers` each union of `chain` is there for, or once was."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    if employers:
        for union_id, employer_id in links_ever([union.pk for union in chain], employers):
            found.setdefault(union_id, set()).add(employer_id)
    return found


def is_untied(union: Union, accused: Sequence[uuid.UUID]) -> bool:
    """Whether `union` may handle a case about `accused`: neither it nor one above it is there for
    one of them. Two or three queries; none for an ordinary case."""
    if not accused:
        return True
    chain = list(Union.objects.filter(path__in=ancestor_paths(union.path)))
    return not employers_of(chain, kin(accused))
