"""The working calendar: a year at a glance, and a form to enter what was announced."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.core.errors import NotFound
from niangjia.members import services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.calendar import ClearingForm, DayForm, YearForm
from niangjia.members.rules import Action
from niangjia.members.selectors.calendar import (
    COUNTRY,
    list_provinces,
    may_edit_calendar,
    show_year,
)

EDITS = Action.EDIT_CALENDAR
#: Two-digit prefixes and names.
Places = list[tuple[str, str]]
#: Monday first, as short as a column of a month is narrow.
WEEKDAYS_SHORT = (
    pgettext_lazy("weekday", "Mo"),
    pgettext_lazy("weekday", "Tu"),
    pgettext_lazy("weekday", "We"),
    pgettext_lazy("weekday", "Th"),
    pgettext_lazy("weekday", "Fr"),
    pgettext_lazy("weekday", "Sa"),
    pgettext_lazy("weekday", "Su"),
)


@require_http_methods(["GET", "POST"])
@officer_page(EDITS)
def calendar(request: OfficerRequest) -> HttpResponse:
    """A year in the country or a province; entering a day by whoever is in charge of it."""
    places = all_places()
    form = DayForm(request.POST or None, places=editable(request, places))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals.beside(form):
            services.set_working_day(
                by=request.user,
                date=given["date"],
                province=given["province"],
                is_working=given["kind"] == "work",
                name=given["name"],
                source=given["source"],
                now=clock.now(),
            )
            messages.success(request, _("Entered. Promised days that it moves are counted anew."))
            return redirect(address(given["date"].year, given["province"]))
    return page(request, places, form, YearForm())


@require_POST
@officer_page(EDITS)
def calendar_clearing(request: OfficerRequest) -> HttpResponse:
    """Take an entry back."""
    form = ClearingForm(request.POST)
    if not form.is_valid():
        raise NotFound(_("There is no such page"))
    given = form.cleaned_data
    services.clear_working_day(
        by=request.user, date=given["date"], province=given["province"], now=clock.now()
    )
    messages.success(request, _("Taken back. Promised days that it moves are counted anew."))
    return redirect(address(given["date"].year, given["province"]))


@require_POST
@officer_page(EDITS)
def calendar_year(request: OfficerRequest) -> HttpResponse:
    """Say that the arrangement of a year is complete."""
    form = YearForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.confirm_year(by=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("From now on deadlines in this year are certain."))
            return redirect(address(form.cleaned_data["year"], COUNTRY))
    places = all_places()
    return page(request, places, DayForm(places=editable(request, places)), form)


def all_places() -> Places:
    """The country and every province, each with its own calendar."""
    return [(COUNTRY, _("The whole country")), *list_provinces()]


def editable(request: OfficerRequest, places: Places) -> Places:
    """Those of `places` whose calendar one is in charge of."""
    return [(code, name) for code, name in places if may_edit_calendar(request.posts, code)]


def address(year: int, province: str) -> str:
    """The page of a year."""
    return f"{reverse('members:calendar')}?year={year}&province={province}"


def page(
    request: OfficerRequest, places: Places, form: DayForm, year_form: YearForm
) -> HttpResponse:
    """The page, with what was typed if it was refused."""
    today = clock.now().astimezone(clock.CHINA).date()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today.year
    year = min(max(year, today.year - 5), today.year + 2)
    province = request.GET.get("province", "")
    province = province if province in dict(places) else COUNTRY
    context: dict[str, Any] = {
        "shown": show_year(year, province),
        "years": range(today.year - 1, today.year + 3),
        "places": places,
        "province": province,
        "today": today,
        "weekdays": [(short, WEEKDAYS[day]) for day, short in enumerate(WEEKDAYS_SHORT)],
        "form": form if form.fields["province"].choices else None,  # type: ignore[attr-defined]
        "year_form": year_form if may_edit_calendar(request.posts, COUNTRY) else None,
        "editable": [code for code, _name in editable(request, places)],
    }
    refused = form.errors or year_form.errors
    return render(request, "members/desk/calendar.html", context, status=422 if refused else 200)
