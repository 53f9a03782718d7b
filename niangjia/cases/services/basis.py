"""What a case is opened on: read on one trip, before anything is checked or written."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from niangjia.cases.models import AssignmentRule, CaseDraft
from niangjia.cases.selectors import Offered, items
from niangjia.cases.selectors.assigning import rules_at
from niangjia.cases.services import catalogue, routing, timing
from niangjia.core import audit
from niangjia.core.prepared import Asked, Given, Prepared, together
from niangjia.core.working_calendar.deadlines import Calendars
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import ancestor_paths
from niangjia.organisations.selectors.employers import tied_unions

#: The entry of the opening; an assignment by rule is another.
ENTRIES = 2


@dataclass(frozen=True)
class Basis:
    """The item as it holds there, which document that is, the unions on the way up and which of
    them are tied to the accused, the calendars, what assigns cases there, and what is in the
    draft."""

    case_id: uuid.UUID
    offered: Offered
    snapshot_id: uuid.UUID
    chain: Sequence[Union]
    tied: Collection[uuid.UUID]
    calendars: Calendars
    rules: Sequence[AssignmentRule]
    draft: CaseDraft | None

    def rules_of(self, union: Union) -> list[AssignmentRule]:
        """Those that hold at one union of the chain."""
        return [rule for rule in self.rules if rule.union_id == union.pk]


def read(
    key: str,
    union: Union,
    *,
    accused: Sequence[uuid.UUID],
    owner: bytes,
    to_officers: bool,
    today: dt.date,
) -> Basis:
    """What a case about item `key` at `union` is opened on. As background work; one trip, one more
    for the first case under a document. Raises `NotFound` where the item is not offered."""
    paths = ancestor_paths(union.path)
    audit.expect_entries(ENTRIES)
    [made], layers, snapshots, chain, calendars, rules, drafts, tied = together(
        Asked("SELECT uuidv7()", []),
        items.layers_of_item().asked(key=key, paths=paths),
        catalogue.snapshots_of_item().asked(key=key),
        routing.unions_at().asked_for_instances(paths=paths),
        timing.calendars_from(today),
        rules_at().asked_for_instances(paths=paths),
        draft_of().asked_for_instances(owner=owner, key=key),
        tied_unions(paths, [accused]),
    )
    offered = items.offered_in(layers, to_officers=to_officers)
    known = {bytes(digest): snapshot for snapshot, digest in snapshots}
    return Basis(
        case_id=made[0],
        offered=offered,
        snapshot_id=known.get(offered.digest) or catalogue.snapshot_of(offered).pk,
        chain=chain,
        tied=tied.get(0, set()),
        calendars=calendars,
        rules=rules,
        draft=drafts[0] if drafts else None,
    )


@cache
def draft_of() -> Prepared[CaseDraft]:
    """The question for somebody's draft of an item."""
    return Prepared(CaseDraft.objects.filter(owner_digest=Given("owner"), item__key=Given("key")))
