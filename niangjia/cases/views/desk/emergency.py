"""Emergency access: asking for it, deciding about it, giving it back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.cases import services
from niangjia.cases.forms.emergency import EmergencyAnswerForm, EmergencyForm
from niangjia.cases.selectors.emergency import list_own_grants
from niangjia.core import clock, ids, refusals
from niangjia.core.errors import NotFound
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(Action.HANDLE_CASES)
def emergency(request: OfficerRequest) -> HttpResponse:
    """Ask to read a case out of reach; what one asked for; what one may decide."""
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.ask_emergency_access(by=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Asked. You get a notice as soon as it is decided."))
            return redirect("cases:emergency")
    return show(request, form, status=422 if form.errors else 200)


@require_POST
@officer_page(Action.DECIDE_CASES)
def decision(request: OfficerRequest, grant: str) -> HttpResponse:
    """Grant a request or refuse it."""
    form = EmergencyAnswerForm(request.POST)
    key = grant_id(grant)
    services.access_grant_to_decide(by=request.user, grant_id=key)
    if form.is_valid():
        with refusals.beside(form):
            services.decide_emergency_access(
                by=request.user, grant_id=key, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Done."))
            return redirect("cases:emergency")
    return show(request, EmergencyForm(), answered=(key, form), status=422)


@require_POST
@officer_page(Action.HANDLE_CASES)
def revocation(request: OfficerRequest, grant: str) -> HttpResponse:
    """Give a grant back, or take it back."""
    with refusals.told(request):
        services.revoke_emergency_access(by=request.user, grant_id=grant_id(grant), now=clock.now())
        messages.success(request, _("Done."))
    return redirect("cases:emergency")


def grant_id(text: str) -> uuid.UUID:
    """The id in an address. Raises `NotFound`."""
    if key := ids.parse_uuid(text):
        return key
    raise NotFound(_("There is no such page"))


def show(
    request: OfficerRequest,
    form: EmergencyForm,
    *,
    answered: tuple[uuid.UUID, EmergencyAnswerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. Reasons that are shown on it are on record as read."""
    now = clock.now()
    waiting = services.requests_to_decide(by=request.user, posts=request.posts, now=now)
    rows = [
        (
            grant,
            reason,
            answered[1]
            if answered and answered[0] == grant.pk
            else EmergencyAnswerForm(auto_id=f"id_%s_{grant.pk}"),
        )
        for grant, reason in waiting
    ]
    return render(
        request,
        "cases/desk/emergency.html",
        {"form": form, "rows": rows, "own": list_own_grants(request.user), "now": now},
        status=status,
    )
