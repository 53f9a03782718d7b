"""What became of the rating of a case: for whoever puts it right, and for whoever asked."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.cases.models import Case, State
from niangjia.cases.selectors.cases import visible_cases
from niangjia.core import protection
from niangjia.feedback.models import Invitation
from niangjia.feedback.rules.subjects import Subject
from niangjia.feedback.selectors import find_asked_again, find_latest_invitation
from niangjia.members.models import Account, Post

#: What ratings of cases are filed under.
SUBJECT = "case"


def subject_of(case_id: uuid.UUID, posts: Sequence[Post], account: Account) -> Subject | None:
    """The case of an order, for those who may see it: the same rule as its own page, which asks for
    what it is opened where that is not their work. In the scope of `account`. One query."""
    cases = visible_cases(posts, account=account).filter(pk=case_id)
    number = cases.values_list("number", flat=True).first()
    if number is None:
        return None
    label = _("Open its case: %(number)s") % {"number": number}
    return Subject(number, label, reverse("cases:case", args=[number]))


class Said(StrEnum):
    """How far the rating of one's own case is."""

    ASKED = "asked"
    PUT_RIGHT = "being_put_right"
    ASKED_AGAIN = "asked_again"
    RATED = "rated"
    OVER = "over"


@dataclass(frozen=True)
class OwnRating:
    """What whoever asked may say of a finished case, and until when where they may."""

    state: Said
    invitation: Invitation

    @property
    def until(self) -> dt.datetime | None:
        """The last moment for it."""
        asks = self.state in (Said.ASKED, Said.ASKED_AGAIN)
        return self.invitation.closes_at if asks else None


def own_rating(case: Case, now: dt.datetime) -> OwnRating | None:
    """The same for its applicant, who has shown that it is theirs: an invitation of a complaint
    knows nobody. One query, and what says who looks; none while it goes on."""
    if case.state != State.CLOSED:
        return None
    with protection.working("cases.own_rating"):
        latest = find_latest_invitation(SUBJECT, case.pk)
    if latest is None:
        return None
    rating = getattr(latest, "rating", None)
    if rating is None:
        again = Said.ASKED_AGAIN if latest.round > 1 else Said.ASKED
        return OwnRating(again if latest.is_open(now) else Said.OVER, latest)
    order = getattr(rating, "order", None)
    is_open = order is not None and order.is_open
    return OwnRating(Said.PUT_RIGHT if is_open else Said.RATED, latest)


def asked_again(cases: Collection[Case], now: dt.datetime) -> set[uuid.UUID]:
    """Which of one's own `cases` wait to be rated once more. One query, none where all are open."""
    closed = [case.pk for case in cases if not case.is_open]
    if not closed:
        return set()
    with protection.working("cases.own_rating"):
        return find_asked_again(SUBJECT, closed, now)
