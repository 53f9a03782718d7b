"""A month of activities: as a grid, and as a list under it that says the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.activities.forms import finding
from niangjia.activities.models import Kind
from niangjia.activities.rules import months as rules
from niangjia.activities.selectors.finding import path_of
from niangjia.activities.selectors.months import list_month
from niangjia.core import clock
from niangjia.members.doors import visitor_or_account
from niangjia.regions import selectors as regions
from niangjia.regions.rules.codes import COUNTRY_CODE


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """One month, of one kind and place or of all. One query for a visitor without a place."""
    now = clock.now()
    today = clock.today()
    shown = rules.read(request.GET.get("month", ""), today)
    question = finding.read(request.GET, regions.begins_at(request.COOKIES, request.user))
    path = path_of(visitor_or_account(request))
    by_day, is_cut = list_month(shown, question.criteria(now), path=path)
    weeks = [[(day, by_day.get(day, [])) for day in week] for week in shown.weeks]
    context = {
        "month": shown,
        "weeks": weeks,
        "days": [(day, found) for week in weeks for day, found in week if found],
        "is_cut": is_cut,
        "today": today,
        "question": question,
        "kinds": Kind.choices,
        "country": COUNTRY_CODE,
    }
    return render(request, "activities/portal/month.html", context)
