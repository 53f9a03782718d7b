"""Coupons kept for unions below."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from niangjia.allocation.services import ShareDraft
from niangjia.benefits import services
from niangjia.benefits.forms.sharing import ShareForm
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.views.desk.benefits import GIVE, post_at, show
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.unions_within_reach import (
    access_union_within,
    find_named_union_within,
)


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
