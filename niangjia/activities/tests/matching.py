"""People who meet and may name each other, made by the services."""

import datetime as dt
from dataclasses import dataclass

from niangjia.activities import services
from niangjia.activities.models import Activity, MatchReport, SignUp
from niangjia.activities.rules.matching import Terms
from niangjia.activities.services import matching
from niangjia.activities.tests.factories import join, make_draft, make_meeting
from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.organisations.models import Union

HOUR = dt.timedelta(hours=1)


@dataclass
class Meeting:
    """An evening that is on since an hour: `guests` carry the numbers from 1."""

    activity: Activity
    guests: list[SignUp]
    now: dt.datetime

    @property
    def over(self) -> dt.datetime:
        """When the window is closed."""
        return self.now + 50 * HOUR

    def choose(self, one: int, two: int) -> None:
        """Number `one` names number `two`."""
        by = self.guests[one - 1]
        matching.choose(by=by.account, sign_up_id=str(by.pk), number=two, now=self.now)

    def unchoose(self, one: int, two: int) -> None:
        by = self.guests[one - 1]
        matching.unchoose(by=by.account, sign_up_id=str(by.pk), number=two, now=self.now)

    def block(self, one: int, two: int) -> None:
        by = self.guests[one - 1]
        matching.block(by=by.account, sign_up_id=str(by.pk), number=two, now=self.now)


def make_adult() -> Account:
    """Somebody of 30 whose name was checked."""
    person = make_person()
    person.verified_at, person.birth_date = clock.now(), dt.date(1996, 3, 5)
    person.save()
    return person.account


def make_meeting_draft(union: Union | None = None, terms: Terms | None = None) -> Activity:
    """A draft of an evening that begins in an hour, where people name each other."""
    now = clock.now()
    draft = make_draft(
        union,
        meeting=make_meeting(starts_at=now + HOUR, ends_at=now + 3 * HOUR),
        closes_at=now + HOUR,
        kind="matchmaking",
        needs_real_name=True,
        age_min=22,
    )
    return services_with(draft, terms or Terms())


def services_with(draft: Activity, terms: Terms) -> Activity:
    """It, with these terms."""
    return matching.set_match_terms(by=None, activity=draft, terms=terms)


def take_part(sign_up: SignUp, contact: str = "", *, now: dt.datetime | None = None) -> None:
    """They let others name them."""
    matching.join_matching(
        by=sign_up.account,
        sign_up_id=str(sign_up.pk),
        contact=contact or f"微信 guest{sign_up.told['name']}",
        is_single=True,
        agrees=True,
        now=now or clock.now(),
    )


def make_evening(count: int = 4, union: Union | None = None) -> Meeting:
    """An evening at which `count` people take part."""
    draft = make_meeting_draft(union)
    activity = services.publish_activity(by=None, activity=draft, now=clock.now())
    guests = [join(activity, make_adult(), name=f"客人{n}") for n in range(1, count + 1)]
    for guest in guests:
        take_part(guest)
    return Meeting(activity, guests, clock.now() + 2 * HOUR)


def make_match_report(union: Union) -> MatchReport:
    """Somebody reported somebody at an evening of `union`."""
    evening = make_evening(2, union)
    by = evening.guests[0]
    return matching.report(
        by=by.account, sign_up_id=str(by.pk), number=2, words="言语骚扰", now=evening.now
    )
