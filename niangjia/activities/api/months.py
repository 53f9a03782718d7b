"""/activity-months: what is on in a month, day by day."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.activities.forms import finding
from niangjia.activities.models import Session
from niangjia.activities.rules import months as rules
from niangjia.activities.schemas.months import MonthOut
from niangjia.activities.selectors.finding import path_of
from niangjia.activities.selectors.months import list_month
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.doors import visitor_or_account

router = Router(tags=["activities"], auth=None)


@router.get("", response=MonthOut, summary="A month of activities")
def show_month(
    request: HttpRequest, month: str = "", kind: str = "", division: str = ""
) -> dict[str, Any]:
    """`month` like "2026-12"; this one without. Of one kind and place, or of all."""
    question = finding.read({"kind": kind, "division": division})
    if question.errors:
        raise Invalid(_("Some places need another look."), fields=question.errors)
    now, shown = clock.now(), rules.read(month, clock.today())
    path = path_of(visitor_or_account(request))
    by_day, is_cut = list_month(shown, question.criteria(now), path=path)
    days = [{"date": day, "items": list(map(item, by_day[day]))} for day in sorted(by_day)]
    return {"month": rules.written(shown.first), "days": days, "is_cut": is_cut}


def item(session: Session) -> dict[str, Any]:
    """A session as `MonthSessionOut`."""
    activity = session.run.activity
    return {
        "session": session.pk,
        "activity": activity.number,
        "name": activity.name,
        "kind": activity.kind,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "place": session.place,
    }
