"""When somebody leaves: what becomes of what they asked for."""

from django.utils.translation import gettext

from niangjia.cases.models import CaseFile, MemberState, State
from niangjia.cases.selectors import document_of
from niangjia.cases.services import files, locking, stopping
from niangjia.cases.services.groups.handing import hand_on
from niangjia.cases.services.groups.holdings import members_of
from niangjia.cases.services.groups.leaving import end_part
from niangjia.cases.services.holdings import cases_of
from niangjia.core import clock
from niangjia.core.personal_data import Subject, also_erase, also_warn


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
        stopping.stop(case, now=now)


@also_warn
def name_open_cases(subject: Subject) -> list[str]:
    """The open cases that end when somebody leaves, for the page on which they decide: what each is
    called, and its number."""
    running = cases_of(subject).filter(state__in=[State.OPEN, State.PAUSED]).order_by("id")
    return [
        gettext("%(service)s, number %(number)s")
        % {"service": document_of(case.snapshot_id).name, "number": case.number}
        for case in running.only("snapshot_id", "number")
    ]


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
