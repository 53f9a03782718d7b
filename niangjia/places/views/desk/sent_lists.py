"""Lists of places at the desk: sent, explained, looked through, entered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.core import clock, refusals, sheets
from niangjia.core.files.serving import disposition
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_asked_union
from niangjia.places.forms.lists import MeaningForm, SendForm, read_table
from niangjia.places.models import ListState, PlaceList, RowState
from niangjia.places.rules.lists import sheets as rules
from niangjia.places.selectors import lists as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.services.lists import answering, entering, sending

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNDER_WAY = (ListState.READING, ListState.ENTERING)
PREVIEWED = 3
#: What is to be decided comes first.
ORDER = (
    *(RowState.ASKED, RowState.WRONG, RowState.READY, RowState.MADE, RowState.UPDATED),
    *(RowState.KNOWN, RowState.SKIPPED),
)


def list_for(request: OfficerRequest, list_id: str) -> tuple[PlaceList, Post]:
    """A list within reach, and the nearest post to act by. Raises `NotFound`."""
    found = selectors.access_list_within(request.posts, list_id)
    return found, access_acting_post(request.posts, KEEPS, found.union.path)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def lists(request: OfficerRequest) -> HttpResponse:
    """Those that were sent, and one more."""
    unions = [post.union for post in holding(request.posts, KEEPS)]
    is_sent = request.method == "POST"
    form = SendForm(request.POST, request.FILES) if is_sent else SendForm()
    union = access_asked_union(request.posts, KEEPS, request.POST.get("union"))
    with refusals.beside(form) as tried:
        if is_sent and form.is_valid():
            sent = form.cleaned_data["file"]
            made = sending.send_list(
                by=access_acting_post(request.posts, KEEPS, union.path),
                union=union,
                name=sent.name or "",
                table=read_table(sent),
                now=clock.now(),
            )
            return redirect("places:desk_list", made.pk)
    page = page_of(
        selectors.list_lists_within(request.posts),
        order=("-id",),
        cursor=request.GET.get("cursor"),
    )
    context = {"page": page, "form": form, "unions": unions, "union": union}
    return render(request, "places/desk/lists.html", context, status=tried.status)


@require_GET
@officer_page(KEEPS)
def sheet(request: OfficerRequest) -> HttpResponse:
    """The sheet to be filled."""
    made = sheets.xlsx(rules.template(), title="站点")
    return HttpResponse(
        made, content_type=XLSX, headers={"Content-Disposition": disposition("站点导入表.xlsx")}
    )


@require_GET
@never_cache
@officer_page(KEEPS)
def show(request: OfficerRequest, list_id: str) -> HttpResponse:
    """As far as the list has come, and what is to be decided about it."""
    found, _by = list_for(request, list_id)
    return page(request, found)


def page(
    request: OfficerRequest, found: PlaceList, form: MeaningForm | None = None
) -> HttpResponse:
    """The page of a list, also with what was refused."""
    context: dict[str, Any] = {"list": found, "is_under_way": found.state in UNDER_WAY}
    if found.state == ListState.SENT or form or "columns" in request.GET:
        rows = list(found.rows.order_by("number")[:PREVIEWED])
        context |= {"form": form or MeaningForm(place_list=found), "preview": rows}
    elif found.state not in {*UNDER_WAY, ListState.DROPPED}:
        context |= looked_through(request, found)
    status = 422 if form and form.errors else 200
    return render(request, "places/desk/sent_list.html", context, status=status)


def looked_through(request: OfficerRequest, found: PlaceList) -> dict[str, Any]:
    """The rows by what became of them: first what is to be decided."""
    counts = selectors.counts_of(found)
    tabs = [state for state in ORDER if counts[state]]
    asked = request.GET.get("rows", "")
    current = asked if asked in tabs else (tabs[0] if tabs else RowState.READY)
    return {
        "counts": counts,
        "tabs": [
            {"key": key, "label": key.label, "count": counts[key], "is_current": key == current}
            for key in tabs
        ],
        "current": current,
        "mends": selectors.mends_of(found) if current == RowState.WRONG else [],
        "page": page_of(
            selectors.list_rows(found, current),
            order=("number", "id"),
            cursor=request.GET.get("cursor"),
        ),
        "spoken": rules.language(),
        "is_open": found.state == ListState.READ,
    }


@require_POST
@officer_page(KEEPS)
def meaning(request: OfficerRequest, list_id: str) -> HttpResponse:
    """What the columns mean; then it is read."""
    found, by = list_for(request, list_id)
    form = MeaningForm(request.POST, place_list=found)
    if form.is_valid():
        given = form.cleaned_data
        with refusals.beside(form, columns="column_name"):
            sending.explain_list(
                by=by,
                place_list=found,
                columns=form.columns(),
                system=given["system"],
                kind=given["kind"],
                hours=given["hours"],
            )
            return redirect("places:desk_list", list_id)
    return page(request, found, form)


@require_POST
@officer_page(KEEPS)
def answers(request: OfficerRequest, list_id: str) -> HttpResponse:
    """The same place, another one, or left out: one row, those ticked, or all that are asked."""
    found, by = list_for(request, list_id)
    answer, like = request.POST.get("answer", "").split(":")[0], 0
    numbers = chosen_rows(request)
    if "one" in request.POST:
        answer, _colon, told = request.POST["one"].partition(":")
        number, _colon, which = told.partition(":")
        numbers, like = whole_numbers([number]), int(which) if which.isdecimal() else 0
    with refusals.told(request):
        count = answering.answer_rows(
            by=by, place_list=found, answer=answer, numbers=numbers, like=like
        )
        messages.success(
            request, ngettext("%(n)s row decided.", "%(n)s rows decided.", count) % {"n": count}
        )
    return back(request, found)


@require_POST
@officer_page(KEEPS)
def mends(request: OfficerRequest, list_id: str) -> HttpResponse:
    """Put rows right as was proposed."""
    found, by = list_for(request, list_id)
    mend, _bar, number = request.POST.get("mend", "").partition("|")
    with refusals.told(request):
        count = answering.mend_rows(
            by=by, place_list=found, mend=mend, numbers=whole_numbers([number]) if number else None
        )
        messages.success(
            request, ngettext("%(n)s row put right.", "%(n)s rows put right.", count) % {"n": count}
        )
    return back(request, found)


def chosen_rows(request: OfficerRequest) -> list[int] | None:
    """The rows that were ticked; None for all."""
    return None if "all" in request.POST else whole_numbers(request.POST.getlist("row"))


def whole_numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 9]


def back(request: OfficerRequest, found: PlaceList) -> HttpResponse:
    """To the rows one was looking at."""
    rows = request.POST.get("rows", "")
    known = f"?rows={rows}" if rows in RowState.values else ""
    return redirect(f"{request.path.rsplit('/', 2)[0]}/{known}")


@require_POST
@officer_page(KEEPS)
def entry(request: OfficerRequest, list_id: str) -> HttpResponse:
    """Have what can be entered entered; again goes on with what was left."""
    found, by = list_for(request, list_id)
    with refusals.told(request):
        entering.enter_list(by=by, place_list=found, now=clock.now())
    return redirect("places:desk_list", list_id)


@require_POST
@officer_page(KEEPS)
def removal(request: OfficerRequest, list_id: str) -> HttpResponse:
    """Throw it away."""
    found, by = list_for(request, list_id)
    with refusals.told(request):
        sending.drop_list(by=by, place_list=found, now=clock.now())
        messages.success(request, _("The list is thrown away; nothing of it was entered."))
    return redirect("places:desk_lists")


@require_GET
@officer_page(KEEPS)
def wrong(request: OfficerRequest, list_id: str) -> StreamingHttpResponse:
    """The rows to be corrected as a file: corrected, it is sent again."""
    found, _by = list_for(request, list_id)
    rows = selectors.list_rows(found, RowState.WRONG).order_by("number").iterator(500)
    return sheets.download(rules.to_correct(found, rows), name="places-to-correct.csv")
