"""Ending a case that nobody asks for any more."""

import datetime as dt
import uuid

from niangjia.cases.events import CaseClosed
from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.services import announcing, figures, merging, telling, timeline
from niangjia.core import outbox


def stop(
    case: Case,
    *,
    kind: EntryKind = EntryKind.WITHDRAWN,
    by: uuid.UUID | None = None,
    words: str = "",
    now: dt.datetime,
) -> None:
    """A locked case ends without a result: its clock stops, its notice comes down, its officers are
    told, and what was joined to it goes its own way again. As background work."""
    case.state = State.WITHDRAWN
    case.closed_at = case.changed_at = now
    case.paused_at = case.resume_by = None
    case.catch_up()
    case.save()
    timeline.write_entry(case, kind, now=now, by=by, words=words, is_public=True)
    announcing.end_notice(case, now=now)
    figures.count(case, figures.OPEN, -1)
    outbox.publish(CaseClosed(case_id=case.pk, item=case.item.key, result=case.state))
    telling.tell_officers(case, case.handler, "desk.case_withdrawn", now=now)
    merging.let_duplicates_go(case, now=now)
