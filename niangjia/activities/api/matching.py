"""/sign-ups/…/matching: naming others; /desk/…: the terms, and what was reported."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.activities.api.desk import RUNS, activity_for
from niangjia.activities.models import Activity, MatchReport
from niangjia.activities.rules.matching import Terms
from niangjia.activities.schemas.matching import (
    MatchingOut,
    MatchJoinIn,
    MatchNumberIn,
    MatchReportIn,
    MatchReportOut,
    MatchTermsIn,
    MatchTermsOut,
    MatchVerdictIn,
)
from niangjia.activities.selectors import matching as selectors
from niangjia.activities.services import matching as services
from niangjia.core import clock
from niangjia.members.doors import account_of, posts_for
from niangjia.members.selectors.posts import access_acting_post

mine = Router(tags=["activities"])
desk = Router(tags=["desk"])
reports = Router(tags=["desk"])
PATH = "/{sign_up_id}/matching"


def side_of(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """One's own side, as `MatchingOut`."""
    side = selectors.access_side(account_of(request), sign_up_id, now=clock.now())
    names = ("chosen", "blocked", "is_open", "is_settled", "closes_at", "erased_at", "found")
    return {name: getattr(side, name) for name in names} | {
        "number": side.guest.number if side.guest else None,
        "most": side.terms.most,
    }


@mine.get(PATH, response=MatchingOut, summary="Whom I named, and whom I found")
def show_matching(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """Nothing here depends on whom others named in vain."""
    return side_of(request, sign_up_id)


@mine.post(PATH, response=MatchingOut, summary="Let others name me, and name others")
def join_matching(request: HttpRequest, sign_up_id: str, payload: MatchJoinIn) -> dict[str, Any]:
    """Apart from the sign-up. Again changes the contact."""
    said = payload.dict()
    services.join_matching(by=account_of(request), sign_up_id=sign_up_id, now=clock.now(), **said)
    return side_of(request, sign_up_id)


@mine.post(PATH + "/departure", response={204: None}, summary="No longer")
def leave_matching(request: HttpRequest, sign_up_id: str) -> Status[None]:
    """What was said is erased at once."""
    services.leave_matching(by=account_of(request), sign_up_id=sign_up_id, now=clock.now())
    return Status(204, None)


@mine.post(PATH + "/choices", response=MatchingOut, summary="Name somebody")
def choose(request: HttpRequest, sign_up_id: str, payload: MatchNumberIn) -> dict[str, Any]:
    """From the beginning until the window closes. 410 afterwards."""
    by, now = account_of(request), clock.now()
    services.choose(by=by, sign_up_id=sign_up_id, number=payload.number, now=now)
    return side_of(request, sign_up_id)


@mine.post(PATH + "/choices/withdrawal", response=MatchingOut, summary="Take it back")
def unchoose(request: HttpRequest, sign_up_id: str, payload: MatchNumberIn) -> dict[str, Any]:
    """Until the window closes. 410 afterwards."""
    by, now = account_of(request), clock.now()
    services.unchoose(by=by, sign_up_id=sign_up_id, number=payload.number, now=now)
    return side_of(request, sign_up_id)


@mine.post(PATH + "/blocks", response=MatchingOut, summary="Nothing to do with somebody")
def block_number(request: HttpRequest, sign_up_id: str, payload: MatchNumberIn) -> dict[str, Any]:
    """At any time. They are not told."""
    by, now = account_of(request), clock.now()
    services.block(by=by, sign_up_id=sign_up_id, number=payload.number, now=now)
    return side_of(request, sign_up_id)


@mine.post(PATH + "/reports", response={202: None}, summary="Say how somebody behaved")
def report_number(request: HttpRequest, sign_up_id: str, payload: MatchReportIn) -> Status[None]:
    """The union's officers read it. From then on the two have nothing to do with each other."""
    said = payload.dict()
    services.report(by=account_of(request), sign_up_id=sign_up_id, now=clock.now(), **said)
    return Status(202, None)


def terms_of(found: Activity) -> dict[str, Any]:
    """As `MatchTermsOut`."""
    terms = selectors.find_terms(found)
    values = {name: getattr(terms, name) for name in ("hours", "most", "days")} if terms else {}
    return {"is_on": terms is not None, "guests": selectors.count_guests(found)} | values


@desk.get("/{number}/matching", response=MatchTermsOut, summary="Whether people name each other")
def show_match_terms(request: HttpRequest, number: str) -> dict[str, Any]:
    """And how many take part."""
    return terms_of(activity_for(request, number)[0])


@desk.put("/{number}/matching", response=MatchTermsOut, summary="Let people name each other")
def set_match_terms(request: HttpRequest, number: str, payload: MatchTermsIn) -> dict[str, Any]:
    """Or not. Of a draft."""
    found, by = activity_for(request, number)
    terms = Terms(**payload.dict(exclude={"is_on"})) if payload.is_on else None
    services.set_match_terms(by=by, activity=found, terms=terms)
    return terms_of(found)


def reported(row: MatchReport) -> dict[str, Any]:
    """As `MatchReportOut`."""
    return {name: getattr(row, name) for name in ("id", "words", "made_at", "is_upheld")} | {
        "number": row.about.number,
        "about": row.about.sign_up.told.get("name", ""),
    }


@desk.get("/{number}/matching/reports", response=list[MatchReportOut], summary="What was reported")
def list_match_reports(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """The newest first, 50 at most."""
    found, _by = activity_for(request, number)
    rows = selectors.list_reports(posts_for(request, RUNS))
    of_it = rows.filter(guest__sign_up__run__activity=found).order_by("-id")[:50]
    return list(map(reported, of_it))


@reports.post("/{report_id}/decision", response=MatchReportOut, summary="Decide about a report")
def decide_match_report(
    request: HttpRequest, report_id: str, payload: MatchVerdictIn
) -> dict[str, Any]:
    """Whoever reported it is told that it was looked at."""
    posts = posts_for(request, RUNS)
    found = selectors.access_report(posts, report_id)
    by = access_acting_post(posts, RUNS, found.guest.sign_up.run.activity.union.path)
    services.decide_report(by=by, found=found, is_upheld=payload.is_upheld, now=clock.now())
    return reported(selectors.access_report(posts, report_id))
