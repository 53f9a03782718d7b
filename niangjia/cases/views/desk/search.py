"""Finding a case: by words, number, person, employer, service, union, officer, state, days."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import services
from niangjia.cases.forms.search import ME, SearchForm, beginning_of, end_of
from niangjia.cases.rules import numbering
from niangjia.cases.selectors import surroundings
from niangjia.cases.selectors.items import Named, items_within
from niangjia.cases.selectors.search import Found, Sought, Whom, employers_called
from niangjia.cases.views.desk.queue import HANDLES, rows
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import find_named_union_within

#: Where what the service refuses is shown on the form.
SHOWN_AT = {"phone": "whom", "name": "whom"}
#: What stands for the first page in the way back, and how many pages that remembers.
FIRST, MOST_PAGES = "-", 400


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
def search(request: OfficerRequest) -> HttpResponse:
    """A POST, so that neither a name nor what somebody said lies in an address or a log. The next
    page, and the one before, are asked for with the same form, which carries the way back."""
    items = items_within(request.posts)
    at = [post.union_id for post in holding(request.posts, HANDLES)]
    form = SearchForm(
        {key: each.name for key, each in items.items()},
        surroundings.names_of_handling_officers(at),
        request.POST or None,
    )
    found = None
    if form.is_valid() and (sought := sought_by(request, form, items)):
        found = look(request, form, sought)
    return render(
        request,
        "cases/desk/search.html",
        {
            "form": form,
            "found": found,
            "rows": rows(found.items, clock.now()) if found else [],
            "is_first": not request.POST.get("cursor"),
            **way_back(request.POST.get("cursor", ""), request.POST.get("trail", "")),
        },
        status=422 if form.errors else 200,
    )


def way_back(cursor: str, trail: str) -> dict[str, Any]:
    """The pages that were passed, by their cursors, the first one without one: what the next page
    is told, and where "back" leads. None on the first page."""
    passed = trail.split()[-MOST_PAGES:]
    return {
        "trail": " ".join([*passed, cursor or FIRST]),
        "back": {"cursor": passed[-1].removeprefix(FIRST), "trail": " ".join(passed[:-1])}
        if passed
        else None,
    }


def sought_by(
    request: OfficerRequest, form: SearchForm, items: Mapping[str, Named]
) -> Sought | None:
    """What a valid form looks for; None, with the reason beside its field, where that names
    nothing. An employer nobody knows is looked for like any other: that one is known would say
    that somebody complained."""
    given = form.cleaned_data
    union = None
    if given["union"]:
        union = find_named_union_within(request.posts, HANDLES, given["union"])
        if union is None:
            form.add_error("union", _("No one union within your reach is called this."))
            return None
    return Sought(
        words=given["words"],
        number=plain_number(given["words"]),
        whom=Whom(given["by"] or "name", given["whom"]) if given["whom"] else None,
        item=items[given["item"]].pk if given["item"] else None,
        employers=employers_called(given["employer"]) if given["employer"] else None,
        officer=officer_of(request, given["officer"]),
        place=union.path if union else None,
        states=(given["state"],) if given["state"] else None,
        since=beginning_of(given["since"]),
        until=end_of(given["until"]),
    )


def plain_number(text: str) -> str:
    """The case number that was typed in place of words, if it is one."""
    return numbering.plain_receipt(text) if numbering.is_case_number(text) else ""


def officer_of(request: OfficerRequest, chosen: str) -> uuid.UUID | None:
    """The account that was chosen."""
    return request.user.pk if chosen == ME else uuid.UUID(chosen) if chosen else None


def look(request: OfficerRequest, form: SearchForm, sought: Sought) -> Found | None:
    """What is found; None when it is refused, which is then said beside the field."""
    with refusals.beside(form, **SHOWN_AT):
        return services.search_cases(
            by=request.user,
            posts=request.posts,
            sought=sought,
            purpose=form.stated(),
            cursor=request.POST.get("cursor"),
            now=clock.now(),
        )
    return None
