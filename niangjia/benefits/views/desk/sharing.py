"""Coupons kept for unions below."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from niangjia.allocation.services import ShareDraft
from niangjia.benefits import services
from niangjia.benefits.forms.sharing import ReachForm, ShareForm
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.views.desk.benefits import GIVE, act, post_at, show
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.unions_within_reach import (
    access_union_within,
    find_named_union_within,
)
from niangjia.organisations.selectors import access_union_by_number


@require_POST
@officer_page(GIVE)
def share(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep so many for a union below."""
    found = selectors.access_benefit_within(request.posts, number)
    form = ShareForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        union = find_named_union_within(request.posts, GIVE, given["union"])
        if union is None:
            form.add_error("union", _("Within your reach there is no one union of this name."))
        else:
            with refusals.beside(form):
                draft = ShareDraft(union, given["shares"], given["returns_at"])
                services.split_benefit(
                    by=post_at(request, found.union),
                    benefit=found,
                    shares=[draft],
                    now=clock.now(),
                )
                messages.success(request, _("Kept for %(union)s.") % {"union": union.name})
                return redirect("benefits:desk_benefit", number)
    return show(request, found, {"sharing": form})


@require_POST
@officer_page(GIVE)
def share_end(request: OfficerRequest, number: str) -> HttpResponse:
    """Let what is left of a share flow back now."""
    found = selectors.access_benefit_within(request.posts, number)
    union = access_union_within(request.posts, GIVE, request.POST.get("union", ""))
    with refusals.told(request):
        back = services.return_share(
            by=post_at(request, found.union), benefit=found, union=union, now=clock.now()
        )
        messages.success(request, _("%(count)s are everybody's again.") % {"count": back})
    return redirect("benefits:desk_benefit", number)


@require_POST
@officer_page(GIVE)
def reach(request: OfficerRequest, number: str) -> HttpResponse:
    """Members of one union more can have it."""
    found = selectors.access_benefit_within(request.posts, number)

    def add(given: dict[str, Any]) -> None:
        by = post_at(request, found.union)
        services.add_reach(by=by, benefit=found, now=clock.now(), **given)

    said = _("Its members can have it now; its officers have been told.")
    return act(request, found, "reaching", ReachForm(request.POST), add, said)


@require_POST
@officer_page(GIVE)
def reach_end(request: OfficerRequest, number: str) -> HttpResponse:
    """They can have it no more."""
    found = selectors.access_benefit_within(request.posts, number)
    union = access_union_by_number(request.POST.get("union", ""))
    with refusals.told(request):
        services.drop_reach(
            by=post_at(request, found.union), benefit=found, union=union, now=clock.now()
        )
        messages.success(request, _("Its members can have it no more; whoever has one keeps it."))
    return redirect("benefits:desk_benefit", number)
