"""Finding the union that handles a case."""

import uuid
from collections.abc import Collection, Sequence
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, TextField
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind
from niangjia.cases.rules import content, routing
from niangjia.cases.rules.routing import HIGHEST_DEPTH
from niangjia.cases.selectors.officers import deserted, unions_about
from niangjia.cases.services.about_officers import KeptFrom
from niangjia.core.errors import Conflict
from niangjia.core.prepared import AnyOf, Given, Prepared, together
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import ancestor_paths
from niangjia.organisations.selectors.employers import tied_unions


def handler_in(
    chain: Sequence[Union], tied: Collection[uuid.UUID], level: int, kept: Case | KeptFrom
) -> Union:
    """The lowest union of `chain` (from the root down), and no lower than `level`, that is neither
    `tied` to who is accused nor below one that is, and that `kept` leaves somebody at. Raises
    `Conflict`."""
    handler = lowest(chain, tied, kept, level=level)
    if handler is None:
        raise Conflict(
            _("No union nearby is free of ties to whom it is about. Please call 12351."),
            code="nobody-untied",
        )
    return handler


def lowest(
    chain: Sequence[Union], tied: Collection[uuid.UUID], kept: Case | KeptFrom, *, level: int = 9
) -> Union | None:
    """`rules.routing.lowest_untied` for a case. Two queries at most, none where no account is kept
    from it."""
    return routing.lowest_untied(
        chain,
        tied,
        about=kept.about_ids,
        deserted=deserted(chain, kept.excluded_ids, kept.accused_ids),
        level=level,
    )


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
    return handler_in(list(chain), tied.get(0, ()), len(paths), case)


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
        lowest([at[path] for path in chain if path in at], tied.get(place, ()), case)
        for place, (chain, (case, _union)) in enumerate(zip(chains, asked, strict=True))
    ]


@cache
def unions_at() -> Prepared[Union]:
    """The question for a chain of unions, the highest first."""
    at = AnyOf(F("path"), Given("paths", ArrayField(TextField())))
    return Prepared(Union.objects.filter(at).select_related("division").order_by("depth"))


def is_untied(union: Union, case: Case) -> bool:
    """Whether `union` may handle `case`: neither it nor one above it is there for an employer it
    accuses, or is where somebody works whom it is about. Two queries; none for an ordinary case."""
    return bool(untied_among([union], case))


def untied_among(unions: Sequence[Union], case: Case) -> list[Union]:
    """Those of `unions` of which `is_untied` is true. Two trips; none for an ordinary case."""
    about = unions_about(case.about_ids)
    free = [union for union in unions if not is_below(union, about)]
    if not case.accused_ids or not free:
        return free
    ties = together(*(tied_unions(ancestor_paths(each.path), [case.accused_ids]) for each in free))
    return [union for union, tied in zip(free, ties, strict=True) if not tied]


def is_below(union: Union, about: Collection[Union]) -> bool:
    """Whether `union` is one of `about` or lies below one: those of the highest that handle cases
    see to their own."""
    return any(
        union.path.startswith(each.path)
        and not (union.path == each.path and each.depth <= HIGHEST_DEPTH)
        for each in about
    )
