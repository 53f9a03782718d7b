"""News from the rooms below, and from this one."""

from niangjia.cases.events import CaseClosed, CaseMoved, CaseOpened
from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.feedback.events import (
    RatingAskedAgain,
    RatingGiven,
    RectificationClosed,
    RectificationOrdered,
)
from niangjia.hotline.events import CallRated, WorkOrderOpened
from niangjia.hotline.services import asking, following, online, paging, repeating


@subscribe(CaseOpened)
def take_in(event: CaseOpened) -> None:
    """Somebody asked online, and may be in danger."""
    if event.is_urgent:
        online.take_in(case_id=event.case_id, now=clock.now())


@subscribe(WorkOrderOpened)
def begin_aftercare(event: WorkOrderOpened) -> None:
    """What was answered on the spot is asked about."""
    if not event.has_case:
        following.note_answered(order_id=event.order_id, now=clock.now())


@subscribe(WorkOrderOpened)
def fetch_somebody(event: WorkOrderOpened) -> None:
    """What cannot wait fetches whoever is on call."""
    if event.is_urgent:
        paging.begin(order_id=event.order_id, now=clock.now())


@subscribe(WorkOrderOpened)
def propose_links(event: WorkOrderOpened) -> None:
    """What may be the same matter as an earlier call is proposed for linking."""
    if event.has_case:
        repeating.propose_repeats(order_id=event.order_id, now=clock.now())


@subscribe(CaseClosed)
def call_back(event: CaseClosed) -> None:
    """The case of an order has ended."""
    following.note_settled(case_id=event.case_id, now=clock.now())


@subscribe(CaseMoved)
def take_back(event: CaseMoved) -> None:
    """The case of an order is somewhere else now."""
    following.note_moved(
        case_id=event.case_id,
        from_union_id=event.from_union_id,
        to_union_id=event.to_union_id,
        now=clock.now(),
    )


@subscribe(CallRated)
def take_key(event: CallRated) -> None:
    """The caller pressed a key; what they were answered may stand already, or be written still."""
    asking.note_pressed(call_id=event.call_id, now=clock.now())


@subscribe(RatingGiven)
def note_level(event: RatingGiven) -> None:
    """Somebody has rated."""
    following.note_rated(
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        level=event.level,
        times=event.round,
    )


@subscribe(RectificationOrdered)
def wait_for_rectification(event: RectificationOrdered) -> None:
    """Somebody was not satisfied."""
    following.note_rectification(
        subject_kind=event.subject_kind, subject_id=event.subject_id, now=clock.now()
    )


@subscribe(RatingAskedAgain)
def call_once_more(event: RatingAskedAgain) -> None:
    """It is said to be put right."""
    following.note_asked_again(
        subject_kind=event.subject_kind, subject_id=event.subject_id, now=clock.now()
    )


@subscribe(RectificationClosed)
def go_on(event: RectificationClosed) -> None:
    """It has been put right, or the person did not say."""
    following.note_rectified(
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        outcome=event.outcome,
        now=clock.now(),
    )
