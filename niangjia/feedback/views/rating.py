"""Rating: by link or code without signing in, or in the app."""

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock, protection, refusals
from niangjia.core.errors import Conflict, NotFound, TooLate
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors, services
from niangjia.feedback.forms.rating import RatingForm
from niangjia.feedback.models import Channel, Invitation, Level, Rating
from niangjia.feedback.rules import indicators
from niangjia.members.doors import signed_in

#: A random name of this browser, to notice one device rating many times. Says nothing else.
DEVICE_COOKIE = "rating_device"
DEVICE_SECONDS = 30 * 86_400


@never_cache
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """By link: the form while it is open, and afterwards what happens with the rating; thanks, and
    no more, where the officer who is rated has held the link too.
    `?at=counter` is the code at a counter, which asks how one was treated."""
    invitation = selectors.find_invitation_by_token(token)
    if invitation is None:
        raise NotFound(_("There is no such page"))
    channel = Channel.COUNTER if request.GET.get("at") == "counter" else Channel.LINK
    return answer(request, invitation, channel, is_told=not invitation.shown_by_rated)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rate_mine(request: HttpRequest, invitation_id: str) -> HttpResponse:
    """In the app: by whoever was served."""
    found = selectors.access_invitation(signed_in(request), invitation_id)
    with protection.viewing(account=signed_in(request).pk):
        latest = selectors.find_latest_invitation(found.subject_kind, found.subject_id)
    return answer(request, latest or found, Channel.IN_APP)


def answer(
    request: HttpRequest, invitation: Invitation, channel: Channel, *, is_told: bool = True
) -> HttpResponse:
    """Take the rating, or show where things stand; only thanks, unless `is_told`. Sent twice, it
    says so and keeps the first."""
    now = clock.now()
    rating = find_rating(invitation)
    if rating is not None or not invitation.is_open(now):
        return show_standing(request, invitation, rating, is_told=is_told)
    form = RatingForm(
        request.POST or None,
        channel=channel,
        is_known=invitation.leads_to_somebody,
        can_be_called=services.can_be_called(invitation),
    )
    if request.method == "POST" and form.is_valid():
        device = request.COOKIES.get(DEVICE_COOKIE) or secrets.token_urlsafe(18)
        with refusals.beside(form):
            try:
                services.rate(
                    invitation=invitation,
                    channel=channel,
                    device=device[:60],
                    now=now,
                    **form.given(),
                )
            except (Conflict, TooLate):
                found = find_rating(invitation)
                return show_standing(request, invitation, found, is_told=is_told)
            response = redirect(request.get_full_path())
            response.set_cookie(
                DEVICE_COOKIE,
                device,
                max_age=DEVICE_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
            return response
    context = {"invitation": invitation, "form": form}
    status = 422 if form.errors else 200
    return render(request, "feedback/rate.html", context, status=status)


def find_rating(invitation: Invitation) -> Rating | None:
    """What was answered. Whoever gets here has shown that the service was for them."""
    with protection.working("feedback.link"):
        return Rating.objects.filter(invitation=invitation).first()


def show_standing(
    request: HttpRequest, invitation: Invitation, rating: Rating | None, *, is_told: bool
) -> HttpResponse:
    """What was rated, what happens next and by which date; or that the time is over."""
    if rating is not None and not is_told:
        return render(request, "feedback/thanks.html", {"invitation": invitation})
    context: dict[str, Any] = {"invitation": invitation, "rating": rating, "now": clock.now()}
    if rating is not None:
        with protection.working("feedback.link"):
            order = selectors.find_order(invitation.subject_kind, invitation.subject_id)
            steps = list(selectors.list_steps(order)) if order else []
            call_back = selectors.find_call_back(rating) if order else None
        context |= {
            "order": order,
            "steps": steps,
            "call_back": call_back,
            "given": [
                (indicators.LABELS[name], Level(level).label)
                for name, level in rating.indicators.items()
            ],
        }
    return render(request, "feedback/rated.html", context)


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I was asked to rate, the open ones marked, and what I said."""
    account = signed_in(request)
    with protection.viewing(account=account.pk):
        page = page_of(
            selectors.list_invitations(account), order=("-id",), cursor=request.GET.get("cursor")
        )
    return render(request, "feedback/mine.html", {"page": page, "now": clock.now()})
