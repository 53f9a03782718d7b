"""Finding the union that handles a case."""

import uuid
from collections.abc import Collection, Sequence
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, TextField
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind
from niangjia.cases.rules import content, routing
from niangjia.core.errors import Conflict
from niangjia.core.prepared import AnyOf, Given, Prepared, together
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import ancestor_paths
from niangjia.organisations.selectors.employers import tied_unions


def handler_in(chain: Sequence[Union], tied: Collection[uuid.UUID], level: int) -> Union:
    """The lowest union of `chain` (from the root down), and no lower than `level`, that is neither
    `tied` to who is accused nor below one that is. Raises `Conflict`."""
    handler = routing.lowest_untied(chain, tied, level=level)
    if handler is None:
        raise Conflict(
            _("No union nearby is free of ties to this employer. Please call 12351."),
            code="nobody-untied",
        )
    return handler


def level_of(document: content.Item, asked_at: Union) -> int:
    """The depth below which no union handles what is asked for at `asked_at`: the item's own, and
    of what unions ask for, the one above whoever asks. Nobody decides on their own request."""
    if document.open_to != "unions":
        return document.level
    return min(document.level, max(routing.HIGHEST_DEPTH, asked_at.depth - 1))


def able_from(case: Case, union_id: uuid.UUID) -> Union:
    """The union of this id, if it may handle `case` still: it is active and tied to nobody accused;
    else the next one above that may. Three queries. Raises `Conflict`."""
    paths = ancestor_paths(Union.objects.values_list("path", flat=True).get(pk=union_id))
    chain, tied = together(
        unions_at().asked_for_instances(paths=paths), tied_unions(paths, [case.accused_ids])
    )
    return handler_in(list(chain), tied.get(0, ()), level=len(paths))


def home_of(case: Case) -> Union:
    """The union a step goes back to that says `by="first"`: where the case began, or the last one
    that an officer gave it to or sent it back to, since that is where it belongs; where that one
    may have it no more, the next above that may. What a dissolved union left to the one above was
    given by nobody. Four queries. Raises `Conflict`."""
    given = (
        CaseEntry.objects.filter(
            case=case,
            kind__in=[EntryKind.TRANSFERRED, EntryKind.OBJECTED],
            account_id__isnull=False,
        )
        .order_by("-number")
        .first()
    )
    return able_from(case, uuid.UUID(given.facts["to"]) if given else case.began_at_id)


def union_above(case: Case, union: Union) -> Union | None:
    """The next union above `union` that may be called for `case`; None at the top. One query."""
    return unions_above([(case, union)])[0]


def unions_above(asked: Sequence[tuple[Case, Union]]) -> list[Union | None]:
    """The next union above each union that may be called for its case. One trip for all."""
    chains = [ancestor_paths(union.path)[:-1] for _case, union in asked]
    paths = list({path for chain in chains for path in chain})
    found, tied = together(
        unions_at().asked_for_instances(paths=paths),
        tied_unions(paths, [case.accused_ids for case, _union in asked]),
    )
    at = {union.path: union for union in found}
    return [
        routing.lowest_untied([at[path] for path in chain if path in at], tied.get(place, ()))
        for place, chain in enumerate(chains)
    ]


@cache
def unions_at() -> Prepared[Union]:
    """The question for a chain of unions, the highest first."""
    at = AnyOf(F("path"), Given("paths", ArrayField(TextField())))
    return Prepared(Union.objects.filter(at).select_related("division").order_by("depth"))


def is_untied(union: Union, accused: Sequence[uuid.UUID]) -> bool:
    """Whether `union` may handle a case about `accused`: neither it nor one above it is there for
    one of them. One query; none for an ordinary case."""
    return bool(untied_among([union], accused))


def untied_among(unions: Sequence[Union], accused: Sequence[uuid.UUID]) -> list[Union]:
    """Those of `unions` of which `is_untied` is true. One trip; none for an ordinary case."""
    if not accused or not unions:
        return list(unions)
    ties = together(*(tied_unions(ancestor_paths(each.path), [accused]) for each in unions))
    return [union for union, tied in zip(unions, ties, strict=True) if not tied]
