"""What happened to a work order, in words."""

import uuid
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from niangjia.feedback.models import Level
from niangjia.hotline.models import (
    AskedBy,
    CallBackResult,
    Grade,
    OrderEntry,
    OrderEntryKind,
    PageWay,
    UrgentKind,
)
from niangjia.hotline.rules.aftercare import CHECKLIST

Names = Mapping[uuid.UUID, str]


def ids_in(entries: Iterable[OrderEntry]) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    """The accounts and the unions that entries speak of by id."""
    accounts: set[uuid.UUID] = set()
    unions: set[uuid.UUID] = set()
    for entry in entries:
        accounts |= {entry.account_id} if entry.account_id else set()
        if entry.kind == OrderEntryKind.PAGED:
            accounts.add(uuid.UUID(entry.facts["to"]))
        elif entry.kind == OrderEntryKind.RETURNED:
            unions.add(uuid.UUID(entry.facts["from"]))
        elif entry.kind in (OrderEntryKind.HANDLED, OrderEntryKind.KEPT):
            unions.add(uuid.UUID(entry.facts["union"]))
    return accounts, unions


def detail_of(entry: OrderEntry, officers: Names, unions: Names) -> str:
    """The facts of an entry as a sentence; "" where its title says it all."""
    facts = entry.facts
    match entry.kind:
        case OrderEntryKind.GRADED:
            return gettext("From %(before)s to %(after)s") % {
                "before": Grade(facts["from"]).label,
                "after": Grade(facts["to"]).label,
            }
        case OrderEntryKind.FLAGGED:
            return str(UrgentKind(facts["kind"]).label)
        case OrderEntryKind.PAGED:
            return gettext("%(name)s, %(way)s, round %(round)s") % {
                "name": officers.get(uuid.UUID(facts["to"]), "—"),
                "way": PageWay(facts["way"]).label,
                "round": facts["round"],
            }
        case OrderEntryKind.ACKNOWLEDGED:
            return gettext("Later than it should have been") if facts["late"] else ""
        case OrderEntryKind.RETURNED:
            return unions.get(uuid.UUID(facts["from"]), "—")
        case OrderEntryKind.HANDLED | OrderEntryKind.KEPT:
            return unions.get(uuid.UUID(facts["union"]), "—")
        case OrderEntryKind.ASKED:
            return "、".join(str(AskedBy(way).label) for way in facts["ways"])
        case OrderEntryKind.CALLED:
            said = str(CallBackResult(facts["result"]).label)
            level = f"：{Level(facts['level']).label}" if "level" in facts else ""
            return said + level
        case OrderEntryKind.CHECKED:
            wrong = [str(CHECKLIST[key]) for key, is_right in facts.items() if not is_right]
            return (
                gettext("Not so: ") + "；".join(wrong) if wrong else gettext("All as it should be")
            )
        case OrderEntryKind.CALL_AGAIN:
            times = int(facts["times"])
            return gettext("Time %(n)d") % {"n": times}
        case _:
            return ""
