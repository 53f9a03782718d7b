"""News from the rooms below, and of this one."""

import datetime as dt

from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.core.working_calendar import WorkingDayChanged
from niangjia.feedback.events import RatingGiven
from niangjia.places import services
from niangjia.places.events import PlaceClosed
from niangjia.places.rules.opening import DAYS_AHEAD
from niangjia.places.rules.ratings import SUBJECT


@subscribe(WorkingDayChanged)
def compute_again(event: WorkingDayChanged) -> None:
    """Hours of the coming days may be others now; those of later days are not computed yet."""
    if event.date <= clock.today() + dt.timedelta(days=DAYS_AHEAD):
        services.refresh_openings(now=clock.now())


@subscribe(WorkingDayChanged)
def count_anew(event: WorkingDayChanged) -> None:
    """Terms that run across the day end on another."""
    services.recount_terms(date=event.date, province=event.province, now=clock.now())


@subscribe(RatingGiven)
def note_rating(event: RatingGiven) -> None:
    """Somebody rated a place where they were."""
    if event.subject_kind == SUBJECT:
        services.note_rating(
            subject_id=event.subject_id, level=event.level, round=event.round, now=clock.now()
        )


@subscribe(PlaceClosed)
def end_requests(event: PlaceClosed) -> None:
    """Nothing is brought to a place that has closed for good."""
    services.end_of_closed(place_id=event.place_id, now=clock.now())
