"""Telling those a matter began with what was written about it to others."""

import datetime as dt
from collections.abc import Mapping

from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.selectors.letters import list_origins
from niangjia.cases.services import locking, telling, timeline
from niangjia.organisations.models import Union


def tell_origins(case: Case, union: Union, facts: Mapping[str, str], *, now: dt.datetime) -> None:
    """Write on the timeline of each case that `case` was begun from, for its applicant to read,
    that a letter went out or was answered. As background work."""
    for origin in list_origins(case):
        found = (
            Case.objects.select_for_update(of=("self",))
            .select_related(*locking.RELATED)
            .filter(pk=origin.pk)
            .exclude(state=State.WITHDRAWN)
            .first()
        )
        if found is None:
            continue
        timeline.write_entry(
            found, EntryKind.DOCUMENT, now=now, union=union, facts=facts, is_public=True
        )
        telling.tell_applicant(found, telling.applicant_of(found), "case.letter_sent", now=now)
