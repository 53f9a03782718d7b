"""Who could be helped and has not asked: counts for the desk, people for a purpose, a message."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.cases import services
from niangjia.cases.forms.reaching_out import ListPurposeForm, MessageForm
from niangjia.cases.selectors import access_offered, list_offered
from niangjia.cases.selectors.reaching_out import Unasked, count_who_could_be_helped
from niangjia.cases.services.reaching_out import HIGHEST_DEPTH, SHEET, People
from niangjia.core import clock, refusals, sheets
from niangjia.core.charts import Chart, Point
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post, find_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union

LOOKS, DECIDES = Action.LOOK_UP_MEMBERS, Action.DECIDE_CASES
#: The bars of the chart; the table has all.
BARS = 15
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@never_cache
@officer_page(Action.BROWSE)
def unasked(request: OfficerRequest, number: str) -> HttpResponse:
    """Counts by union for one item; without one, the items to choose from."""
    union = access_union_within(request.posts, Action.BROWSE, number)
    return show(request, union, request.GET.get("item", ""))


@require_POST
@never_cache
@officer_page(LOOKS)
def people(request: OfficerRequest, number: str) -> HttpResponse:
    """Some of the people, for a purpose that each of them can read."""
    return listed(
        request,
        number,
        lambda found, union, key, form: show(request, union, key, purpose=form, people=found),
        after=request.POST.get("after", "")[:20],
    )


@require_POST
@never_cache
@officer_page(LOOKS)
def export(request: OfficerRequest, number: str) -> HttpResponse:
    """The same as a sheet, as many as the limit of an hour allows; each counts as a look-up."""
    return listed(
        request,
        number,
        lambda found, union, key, form: sheet(found, access_offered(key, union).document.name.zh),
        limit=SHEET,
    )


def listed(
    request: OfficerRequest,
    number: str,
    answer: Callable[[People, Union, str, ListPurposeForm], HttpResponse],
    **which: Any,
) -> HttpResponse:
    """`answer` with those people of the union that `which` says, once a purpose is stated; else the
    page, with what is wrong."""
    union = access_union_within(request.posts, LOOKS, number)
    key, form = request.POST.get("item", ""), ListPurposeForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            found = services.list_unasked(
                by=request.user,
                union=union,
                key=key,
                purpose=form.stated(),
                now=clock.now(),
                **which,
            )
            return answer(found, union, key, form)
    return show(request, union, key, purpose=form)


def sheet(found: People, title: str) -> HttpResponse:
    """People as a sheet that no spreadsheet computes."""
    heading = (_("Membership number"), _("Name"), _("Union"))
    rows = [(m.number, m.person.name, m.union.name) for m in found.memberships]
    response = HttpResponse(sheets.xlsx([heading, *rows], title=title), content_type=SHEET_TYPE)
    name = f"{title}-{clock.today().isoformat()}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_POST
@officer_page(DECIDES)
def message(request: OfficerRequest, number: str) -> HttpResponse:
    """Write to all of them, without seeing who they are."""
    union = access_union_within(request.posts, DECIDES, number)
    key, form = request.POST.get("item", ""), MessageForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            told = services.reach_out(
                by=access_acting_post(request.posts, DECIDES, union.path),
                union=union,
                key=key,
                words=form.cleaned_data["words"],
                now=clock.now(),
            )
            said = ngettext(
                "%(n)d person has been written to.", "%(n)d people have been written to.", told
            )
            messages.success(request, said % {"n": told})
            address = reverse("cases:unasked", args=[union.number])
            return redirect(f"{address}?{urlencode({'item': key})}")
    return show(request, union, key, message=form)


def show(
    request: OfficerRequest,
    union: Union,
    key: str,
    *,
    purpose: Form | None = None,
    people: People | None = None,
    message: Form | None = None,
) -> HttpResponse:
    """The page, with whatever was sent."""
    items = [each.document for each in list_offered(union) if each.document.kind != "complaint"]
    context: dict[str, Any] = {"union": union, "items": items, "key": key}
    wrong = any(form is not None and form.errors for form in (purpose, message))
    if key:
        offered = access_offered(key, union)
        counts = count_who_could_be_helped(offered, union, request.posts, today=clock.today())
        context |= {
            "item": offered.document,
            "counts": counts,
            "chart": chart(counts, key),
            "purpose_form": purpose or ListPurposeForm(),
            "message_form": message or MessageForm(),
            "people": people,
            "may_look": find_acting_post(request.posts, LOOKS, union.path) is not None,
            "may_write": union.depth >= HIGHEST_DEPTH
            and find_acting_post(request.posts, DECIDES, union.path) is not None,
        }
    return render(
        request, "cases/desk/catalogue/unasked.html", context, status=422 if wrong else 200
    )


def chart(counts: Unasked, key: str) -> Chart | None:
    """The counts by union as bars; hidden numbers have none."""
    shown = counts.shown[:BARS]
    if len(shown) < 2:
        return None
    return Chart(
        id="unasked",
        title=_("%(union)s has the most who could be helped and have not asked")
        % {"union": shown[0].union.name},
        source=_("members and cases of this node"),
        date=clock.today(),
        row_label=_("Union"),
        value_label=_("People"),
        table_url="#by-union",
        points=[
            Point(
                share.union.name,
                share.count or 0,
                f"{reverse('cases:unasked', args=[share.union.number])}?item={key}",
            )
            for share in shown
        ],
    )
