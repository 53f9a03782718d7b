"""Running a line: whom it fetches when something cannot wait, how long things may take."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases.selectors.surroundings import names_of_officers
from niangjia.core import clock, ids, refusals
from niangjia.core.errors import NotFound
from niangjia.hotline import selectors, services
from niangjia.hotline.forms.lines import LineForm, numbers_of
from niangjia.hotline.forms.orders import OnCallForm
from niangjia.hotline.models import Line
from niangjia.hotline.rules.on_call import is_on_call
from niangjia.hotline.selectors.on_call import list_on_call, list_people
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.doors.links import chosen_page
from niangjia.members.models import Account
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post

DECIDES = Action.DECIDE_CASES


@require_GET
@officer_page(DECIDES)
def lists(request: OfficerRequest) -> HttpResponse:
    """The lines there are to choose from; the only one at once."""
    found = list(selectors.lines_of(request.posts))
    return chosen_page(request, "hotline/desk/on_call_lists.html", found, address)


def address(line: Line) -> str:
    """The list of a line."""
    return reverse("hotline:on_call", args=[line.number])


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def on_call(request: OfficerRequest, line: str) -> HttpResponse:
    """The list of a line, and putting somebody on it."""
    found = selectors.access_line(request.posts, line)
    by = access_acting_post(request.posts, DECIDES, found.union.path)
    form = OnCallForm(people(found), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        account = Account.objects.get(pk=data.pop("account"))
        with refusals.beside(form):
            services.add_on_call(by=by, line=found, account=account, now=clock.now(), **data)
            messages.success(request, _("They are on the list."))
            return redirect("hotline:on_call", found.number)
    duties = list(list_on_call(found))
    now = clock.now()
    return render(
        request,
        "hotline/desk/on_call.html",
        {
            "line": found,
            "rows": [(duty, is_on_call(duty, now)) for duty in duties],
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@require_POST
@officer_page(DECIDES)
def end(request: OfficerRequest, line: str) -> HttpResponse:
    """Somebody is on the list no longer."""
    found = selectors.access_line(request.posts, line)
    by = access_acting_post(request.posts, DECIDES, found.union.path)
    duty = ids.parse_uuid(request.POST.get("duty", ""))
    if duty is None:
        raise NotFound(_("There is no such page"))
    services.end_on_call(by=by, line=found, duty_id=duty, now=clock.now())
    messages.success(request, _("They are on the list no longer."))
    return redirect("hotline:on_call", found.number)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(DECIDES)
def settings(request: OfficerRequest, line: str) -> HttpResponse:
    """How a line works: its terms, its minutes, its samples."""
    found = selectors.access_line(request.posts, line)
    by = access_acting_post(request.posts, DECIDES, found.union.path)
    sent = request.POST if request.method == "POST" else None
    form = LineForm(sent, initial=numbers_of(found))
    if sent is not None and form.is_valid():
        with refusals.beside(form):
            services.set_line(
                by=by,
                line=found,
                numbers=form.numbers(),
                quality_always=form.cleaned_data["quality_always"],
                is_open=found.is_open,
            )
            messages.success(request, _("Saved. What runs already goes on as it was promised."))
            return redirect("hotline:on_call", found.number)
    return render(
        request,
        "hotline/desk/line_settings.html",
        {"line": found, "form": form},
        status=422 if form.errors else 200,
    )


def people(line: Line) -> list[tuple[str, str]]:
    """Whoever answers a line, for choosing one."""
    accounts = list_people(line)
    names = names_of_officers(accounts)
    return [(str(pk), names.get(pk, "—")) for pk in accounts]
