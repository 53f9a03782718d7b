"""News from the rooms below, and of this one."""

import uuid

from niangjia.cases import services
from niangjia.cases.events import CaseClosed, CaseOpened
from niangjia.cases.rules import station_supplies
from niangjia.cases.selectors.rectification import SUBJECT
from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.core.working_calendar import WorkingDayChanged
from niangjia.feedback.events import (
    RatingAskedAgain,
    RectificationAnswered,
    RectificationOrdered,
)
from niangjia.members.events.memberships import MembershipTransferred
from niangjia.members.events.posts import OfficerNamed, PostAppointed
from niangjia.organisations import selectors as organisations
from niangjia.organisations.events import EmployerChanged, UnionDissolved, UnionMoved
from niangjia.places.events import SuppliesEnded, SuppliesUnanswered


@subscribe(WorkingDayChanged)
def count_anew(event: WorkingDayChanged) -> None:
    """Terms that run across the day are counted anew."""
    services.begin_recount(date=event.date, province=event.province, now=clock.now())


@subscribe(CaseOpened)
def look_for_likely(event: CaseOpened) -> None:
    """Earlier cases about the same are proposed for linking."""
    services.propose_likely(case_id=event.case_id, now=clock.now())


@subscribe(RectificationOrdered)
def note_rectification(event: RectificationOrdered) -> None:
    """A bad rating by somebody who agreed to be named stands on the timeline of its case."""
    if event.subject_kind == SUBJECT:
        services.note_rectification(
            case_id=event.subject_id,
            order_id=event.order_id,
            due_at=event.due_at,
            now=clock.now(),
        )


@subscribe(RectificationAnswered)
def tell_what_was_done(event: RectificationAnswered) -> None:
    """The union says what it found and did about a bad rating."""
    if event.subject_kind == SUBJECT:
        services.tell_complainant(case_id=event.subject_id, now=clock.now())


@subscribe(RatingAskedAgain)
def ask_again(event: RatingAskedAgain) -> None:
    """It is said to be put right: whoever asked has the last word."""
    if event.subject_kind == SUBJECT:
        services.tell_complainant(case_id=event.subject_id, now=clock.now())


@subscribe(MembershipTransferred)
def note_move(event: MembershipTransferred) -> None:
    """Whoever moves takes their membership along; their open cases stay, and the officers know."""
    services.note_move(
        membership_id=uuid.UUID(event.membership_id),
        to=organisations.access_union(uuid.UUID(event.to_union_id)),
        now=clock.now(),
    )


@subscribe(UnionDissolved)
def hand_over_cases(event: UnionDissolved) -> None:
    """What a dissolved union still had to do goes to the one above."""
    union = organisations.access_union(event.union_id)
    services.hand_over_cases(union=union, now=clock.now())


@subscribe(EmployerChanged)
def leave_tied_unions(event: EmployerChanged) -> None:
    """A case about an employer does not wait at a union that came to be there for it."""
    services.leave_tied_to(employer_id=event.employer_id, now=clock.now())


@subscribe(UnionMoved)
def leave_tied_place(event: UnionMoved) -> None:
    """Nor at one that came below such a union."""
    union = organisations.access_union(event.union_id)
    services.leave_tied_below(union=union, now=clock.now())


@subscribe(PostAppointed)
def meet_officer(event: PostAppointed) -> None:
    """Whoever a case is about may have a post by now at which they could read it."""
    services.meet_officer(
        account_id=uuid.UUID(event.account_id),
        union=organisations.access_union(uuid.UUID(event.union_id)),
        now=clock.now(),
    )


@subscribe(OfficerNamed)
def meet_named(event: OfficerNamed) -> None:
    """Whoever a case is about may be known by that name only now."""
    services.meet_named(account_id=uuid.UUID(event.account_id), now=clock.now())


@subscribe(SuppliesUnanswered)
def open_for_station(event: SuppliesUnanswered) -> None:
    """What a station waits for and nobody answers becomes a case."""
    services.open_for_station(request_id=event.request_id, now=clock.now())


@subscribe(SuppliesEnded)
def stop_for_station(event: SuppliesEnded) -> None:
    """It has come, or is not brought: nobody works on it any more."""
    services.stop_for_station(request_id=event.request_id, now=clock.now())


@subscribe(CaseClosed)
def answer_station(event: CaseClosed) -> None:
    """The case has ended: so has what the station asked for."""
    if event.item == station_supplies.ITEM:
        services.answer_station(case_id=event.case_id, result=event.result, now=clock.now())
