"""Naming others, as whoever takes part sees it, and as officers do: each their own side alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import (
    Activity,
    Kind,
    Match,
    MatchGuest,
    MatchReport,
    MatchTerms,
    MatchWindow,
    SignUp,
)
from niangjia.activities.rules import matching as rules
from niangjia.activities.selectors.planning import RUNS
from niangjia.activities.selectors.sign_ups import access_own
from niangjia.allocation.models import ClaimState
from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.selectors.posts import reaches


@dataclass(frozen=True)
class Found:
    """Somebody who named one in turn: both have agreed to be shown to each other."""

    number: int
    name: str
    contact: str


@dataclass(frozen=True)
class Side:
    """What one of those who take part sees: their own number and choices, when, and once it is
    settled whom they found. Nothing in it depends on whom others named in vain."""

    sign_up: SignUp
    terms: MatchTerms
    has_seat: bool
    guest: MatchGuest | None
    chosen: list[int]
    blocked: list[int]
    found: list[Found]
    closes_at: dt.datetime
    erased_at: dt.datetime
    is_open: bool
    is_settled: bool

    @property
    def left(self) -> int:
        """How many more one may name."""
        return max(0, self.terms.most - len(self.chosen))


def find_terms(activity: Activity) -> MatchTerms | None:
    """Whether people name each other after it, and how. No query but of where people meet."""
    if activity.kind != Kind.MATCHMAKING:
        return None
    return MatchTerms.objects.filter(activity=activity).first()


def access_side(account: Account, sign_up_id: str, *, now: dt.datetime) -> Side:
    """One's own side. Raises `NotFound` where nobody names anybody."""
    sign_up = access_own(account, sign_up_id)
    run = sign_up.run
    terms = find_terms(run.activity)
    if terms is None:
        raise NotFound(_("There is no such page"))
    guest = MatchGuest.objects.filter(sign_up=sign_up).select_related("window").first()
    is_in = guest is not None and guest.left_at is None
    window = MatchWindow.objects.filter(run=run).first()
    is_settled = window is not None and window.settled_at is not None
    return Side(
        sign_up=sign_up,
        terms=terms,
        has_seat=sign_up.claim.state == ClaimState.CONFIRMED,
        guest=guest if is_in else None,
        chosen=numbers(guest.choices.all()) if guest else [],
        blocked=numbers(guest.blocks.all()) if guest else [],
        found=list_found(guest) if guest and is_in and is_settled else [],
        closes_at=rules.closes_at(terms, run),
        erased_at=rules.erased_at(terms, run),
        is_open=rules.is_open(terms, run, now) and not is_settled,
        is_settled=is_settled,
    )


def numbers(rows: Iterable[object]) -> list[int]:
    """The numbers that were named, opened."""
    return sorted(int(row.number) for row in rows)  # type: ignore[attr-defined]


def list_found(guest: MatchGuest) -> list[Found]:
    """Those whom somebody found, by number; not those who have left since."""
    found = Match.objects.filter(Q(one=guest) | Q(two=guest))
    both = found.select_related("one__sign_up", "two__sign_up")
    others = [match.two if match.one_id == guest.pk else match.one for match in both]
    return [
        Found(other.number, other.sign_up.told.get("name", ""), other.contact)
        for other in sorted(others, key=lambda each: each.number)
        if other.contact
    ]


def count_guests(activity: Activity) -> int:
    """How many take part. Whom they name is nobody's business."""
    return MatchGuest.objects.filter(sign_up__run__activity=activity, left_at=None).count()


def list_reports(posts: Iterable[Post]) -> QuerySet[MatchReport]:
    """What was reported of activities within reach, what waits first. Order by "-id"."""
    within = scope.within(reaches(posts, RUNS), field="guest__sign_up__run__activity__union__path")
    return MatchReport.objects.filter(within).select_related(
        "about__sign_up", "guest__sign_up__run__activity__union"
    )


def access_report(posts: Iterable[Post], report_id: str) -> MatchReport:
    """One of them. Raises `NotFound`."""
    key = ids.parse_uuid(report_id)
    found = list_reports(posts).filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
