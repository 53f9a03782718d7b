"""What people have said of a place, and what one more word changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property

from niangjia.places.models import Place
from niangjia.places.rules import truth
from niangjia.places.rules.opening import Stretch
from niangjia.places.rules.truth import Verdict, Voice
from niangjia.places.services import telling
from niangjia.places.services.indexing import reports_of


def heard_of(place: Place, now: dt.datetime) -> list[Voice]:
    """All voices of the last day, in their order. One query."""
    return reports_of([place.pk], now, truth.DAY).get(place.pk, [])


@dataclass(frozen=True)
class Change:
    """What had been heard before a word and what after it, `open_at` by the hours."""

    heard: Sequence[Voice]
    all_heard: Sequence[Voice]
    open_at: Sequence[Stretch]
    now: dt.datetime

    @cached_property
    def before(self) -> Verdict:
        return truth.weigh(self.heard, open_at=self.open_at, now=self.now)

    @cached_property
    def after(self) -> Verdict:
        return truth.weigh(self.all_heard, open_at=self.open_at, now=self.now)

    @property
    def is_shut_now(self) -> bool:
        return self.after.shut_until is not None and self.before.shut_until is None

    @property
    def missing_now(self) -> list[str]:
        return [key for key in self.after.missing if key not in self.before.missing]

    @property
    def is_moved_now(self) -> bool:
        was, is_so = (truth.is_moved(each, now=self.now) for each in (self.heard, self.all_heard))
        return is_so and not was

    @property
    def contradicted_now(self) -> int:
        """How many voices a keeper has contradicted, once they are enough to be believed."""
        was, is_so = (
            truth.contradicted(each, open_at=self.open_at, now=self.now)
            for each in (self.heard, self.all_heard)
        )
        return is_so if was < truth.VOICES_NEEDED <= is_so else 0


def tell_union(place: Place, change: Change) -> None:
    """Tell the officers where a keeper says that it is open and as many people as are believed
    together found it shut. A keeper who is away could say so each time before the third of them."""
    if number := change.contradicted_now:
        facts = {"name": place.name, "number": number}
        url = reverse("places:desk_place", args=[place.code])
        union = telling.upwards(place)
        telling.tell_nearest(union, "place.contradicted", facts, url, change.now)
