"""When somebody leaves: what becomes of what they asked for."""

from niangjia.cases.models import CaseFile, EntryKind, MemberState, State
from niangjia.cases.services import (
    announcing,
    figures,
    files,
    locking,
    merging,
    telling,
    timeline,
)
from niangjia.cases.services.groups.handing import hand_on
from niangjia.cases.services.groups.holdings import members_of
from niangjia.cases.services.groups.leaving import end_part
from niangjia.cases.services.holdings import cases_of
from niangjia.core import clock
from niangjia.core.personal_data import Subject, also_erase


@also_erase
def withdraw_open_cases(subject: Subject) -> None:
    """Their open cases, complaints as well, are withdrawn before their keys are thrown away: what
    nobody can read any more nobody can handle (ADR 61). The clocks stop, the officers are told.
    What others take part in goes on, as theirs.
    In the transaction, and the scope, of the erasure."""
    now = clock.now()
    running = (
        cases_of(subject)
        .filter(state__in=[State.OPEN, State.PAUSED])
        .select_for_update(of=("self",))
        .select_related(*locking.RELATED)
    )
    for case in running:
        if hand_on(case):
            continue
        case.state = State.WITHDRAWN
        case.closed_at = case.changed_at = now
        case.paused_at = case.resume_by = None
        case.save()
        timeline.write_entry(case, EntryKind.WITHDRAWN, now=now, is_public=True)
        announcing.end_notice(case, now=now)
        figures.count(case, figures.OPEN, -1)
        telling.tell_officers(case, case.handler, "desk.case_withdrawn", now=now)
        merging.let_duplicates_go(case, now=now)


@also_erase
def erase_case_files(subject: Subject) -> None:
    """What was handed in with their cases, by themselves and by officers, goes altogether; files of
    drafts go with the drafts."""
    files.erase_files(CaseFile.objects.filter(case__in=cases_of(subject)))


@also_erase
def leave_groups(subject: Subject) -> None:
    """Whoever leaves takes part in no group any more, and speaks for none. In the transaction, and
    the scope, of the erasure."""
    now = clock.now()
    for member in members_of(subject).filter(state=MemberState.JOINED).select_related("case"):
        end_part(member.case, member, MemberState.LEFT, by=None, now=now)
