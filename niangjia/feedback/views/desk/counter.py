"""Asking at the counter and on the phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, qr, refusals
from niangjia.feedback import selectors, services
from niangjia.feedback.forms.rating import RatingForm
from niangjia.feedback.models import Channel, Invitation
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action


@require_GET
@officer_page(Action.CALL_BACK)
def invitation(request: OfficerRequest, invitation_id: str) -> HttpResponse:
    """A finished service that can be rated: by a code here, or on the phone."""
    found = selectors.access_invitation_within(request.user, request.posts, invitation_id)
    return show(request, found, RatingForm(channel=Channel.CALL_BACK))


@require_POST
@never_cache
@officer_page(Action.CALL_BACK)
def code(request: OfficerRequest, invitation_id: str) -> HttpResponse:
    """A code to scan: a new link, and the old one is dead."""
    found = selectors.access_invitation_within(request.user, request.posts, invitation_id)
    form = RatingForm(channel=Channel.CALL_BACK)
    with refusals.told(request):
        token = services.renew_link(by=request.user, invitation=found, now=clock.now())
        link = f"{reverse('feedback:rate', args=[token])}?at=counter"
        return show(request, found, form, address=request.build_absolute_uri(link))
    return show(request, found, form)


@require_POST
@officer_page(Action.CALL_BACK)
def spoken(request: OfficerRequest, invitation_id: str) -> HttpResponse:
    """Enter what the person said on the phone. Not for one's own work."""
    found = selectors.access_invitation_within(request.user, request.posts, invitation_id)
    form = RatingForm(request.POST, channel=Channel.CALL_BACK)
    if form.is_valid():
        with refusals.beside(form):
            services.rate(
                invitation=found,
                channel=Channel.CALL_BACK,
                entered_by=request.user,
                now=clock.now(),
                **form.given(),
            )
            messages.success(request, _("The rating is taken."))
            return redirect("feedback:invitation", found.pk)
    return show(request, found, form)


def show(
    request: OfficerRequest, found: Invitation, form: RatingForm, *, address: str = ""
) -> HttpResponse:
    """The page of one invitation."""
    context = {
        "invitation": found,
        "form": form,
        "address": address,
        "drawing": qr.on_screen(address) if address else "",
        "can_be_rated": not hasattr(found, "rating") and found.is_open(clock.now()),
        "is_own": found.is_about(request.user.pk),
    }
    status = 422 if form.errors else 200
    return render(request, "feedback/desk/invitation.html", context, status=status)
