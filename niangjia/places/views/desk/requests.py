"""What keepers and workers ask for, and the union's answer."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.places import services
from niangjia.places.forms.requests import DecliningForm, SendingForm
from niangjia.places.models import SupplyRequest
from niangjia.places.models.requests import OPEN
from niangjia.places.selectors import requests as selectors
from niangjia.places.selectors.desk import KEEPS


@require_GET
@never_cache
@officer_page(KEEPS)
def requests(request: OfficerRequest) -> HttpResponse:
    """What is asked for within reach, the newest first; with `ended`, what has ended."""
    return show(request, ended="ended" in request.GET)


def show(
    request: OfficerRequest,
    *,
    ended: bool = False,
    wrong: SendingForm | DecliningForm | None = None,
    about: SupplyRequest | None = None,
) -> HttpResponse:
    """The list, also with what was refused beside the request it is about."""
    found = selectors.list_requests_within(request.posts)
    found = found.exclude(state__in=OPEN) if ended else found.filter(state__in=OPEN)
    context = {
        "page": page_of(found, order=("-id",), cursor=request.GET.get("cursor")),
        "ended": ended,
        "now": clock.now(),
        "opens_cases": bool(holding(request.posts, Action.HANDLE_CASES)),
        "wrong": wrong,
        "about": about,
        "sending": wrong if isinstance(wrong, SendingForm) else SendingForm(),
        "declining": wrong if isinstance(wrong, DecliningForm) else DecliningForm(),
    }
    return render(request, "places/desk/requests.html", context, status=422 if wrong else 200)


def found_for(request: OfficerRequest, request_id: str) -> tuple[SupplyRequest, Post]:
    """A request within reach, and the nearest post to act by. Raises `NotFound`."""
    found = selectors.access_request_within(request.posts, request_id)
    return found, access_acting_post(request.posts, KEEPS, found.place.union.path)


@require_POST
@officer_page(KEEPS)
def sending(request: OfficerRequest, request_id: str) -> HttpResponse:
    """It is on its way."""
    found, by = found_for(request, request_id)
    form = SendingForm(request.POST)
    return refusals.act(
        request,
        form,
        lambda data: services.send_supplies(by=by, request=found, now=clock.now(), **data),
        said=_("On its way; whoever asked has been told."),
        to=reverse("places:desk_requests"),
        again=lambda: show(request, wrong=form, about=found),
    )


@require_POST
@officer_page(KEEPS)
def declining(request: OfficerRequest, request_id: str) -> HttpResponse:
    """It is not brought, with the reason."""
    found, by = found_for(request, request_id)
    form = DecliningForm(request.POST)
    return refusals.act(
        request,
        form,
        lambda data: services.decline_supplies(by=by, request=found, now=clock.now(), **data),
        said=_("Declined; whoever asked reads why."),
        to=reverse("places:desk_requests"),
        again=lambda: show(request, wrong=form, about=found),
    )


@require_POST
@officer_page(KEEPS)
def arrival(request: OfficerRequest, request_id: str) -> HttpResponse:
    """It has come, says the union itself."""
    found, by = found_for(request, request_id)
    with refusals.told(request):
        services.receive_supplies(by=by.account, request=found, now=clock.now())
    return redirect("places:desk_requests")
