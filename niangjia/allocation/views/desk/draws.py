"""Draws for officers: announced, the value read by two, and what does not count."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.allocation import selectors, services
from niangjia.allocation.forms.draws import AnnouncementForm, ValueForm, VoidForm
from niangjia.allocation.models import Draw, DrawState
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post


@require_GET
@officer_page(Action.SHARE_OUT)
def draws(request: OfficerRequest) -> HttpResponse:
    """The draws within reach, the latest first."""
    page = page_of(
        selectors.list_desk_draws(request.posts),
        order=selectors.NEWEST,
        cursor=request.GET.get("cursor"),
    )
    return render(request, "allocation/desk/draws.html", {"page": page, "now": clock.now()})


@require_http_methods(["GET", "POST"])
@officer_page(Action.SHARE_OUT)
def announcement(request: OfficerRequest, pool_id: uuid.UUID) -> HttpResponse:
    """Say by which public value a pool's lots are drawn."""
    pool = selectors.access_desk_pool(request.posts, pool_id)
    post = access_acting_post(request.posts, Action.SHARE_OUT, pool.union.path)
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            draw = services.announce_draw(
                by=post, pool_id=pool.pk, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The draw is announced."))
            return redirect("allocation:desk_draw", draw.number)
    context = {"pool": pool, "form": form}
    status = 422 if form.errors else 200
    return render(request, "allocation/desk/announcement.html", context, status=status)


@require_GET
@officer_page(Action.SHARE_OUT)
def draw(request: OfficerRequest, number: str) -> HttpResponse:
    """One draw, and what is to be done about it now."""
    return show(request, selectors.access_desk_draw(request.posts, number))


@require_POST
@officer_page(Action.SHARE_OUT)
def reading(request: OfficerRequest, number: str) -> HttpResponse:
    """One officer has looked the value up."""
    found, post = acting(request, number)
    form = ValueForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            found = services.read_value(
                by=post, draw_id=found.pk, value=form.cleaned_data["value"], now=clock.now()
            )
            is_drawn = found.state == DrawState.DRAWN
            messages.success(
                request,
                _("The lots are drawn.")
                if is_drawn
                else _("Noted. A second person now looks it up as well."),
            )
            return redirect("allocation:desk_draw", number)
    return show(request, found, value_form=form)


@require_POST
@officer_page(Action.SHARE_OUT)
def void(request: OfficerRequest, number: str) -> HttpResponse:
    """A draw shall not count: asked by one, agreed by another."""
    found, post = acting(request, number)
    now = clock.now()
    form = VoidForm(request.POST, reasons=services.reasons_at(found, now))
    if form.is_valid():
        with refusals.beside(form):
            found = services.void_draw(
                by=post, draw_id=found.pk, reason=form.cleaned_data["reason"], now=now
            )
            messages.success(
                request,
                _("The draw does not count any more.")
                if found.voided_at
                else _("Noted. It takes a second person to agree."),
            )
            return redirect("allocation:desk_draw", number)
    return show(request, found, void_form=form)


def acting(request: OfficerRequest, number: str) -> tuple[Draw, Post]:
    """A draw within reach, and the post that acts on it."""
    found = selectors.access_desk_draw(request.posts, number)
    return found, access_acting_post(request.posts, Action.SHARE_OUT, found.union.path)


def show(request: OfficerRequest, found: Draw, **forms: Any) -> HttpResponse:
    """The page of one draw."""
    now = clock.now()
    is_known = found.state == DrawState.SEALED and now >= found.known_at
    reasons = services.reasons_at(found, now) if found.state.is_open else []
    context = {
        "draw": found,
        "source": selectors.source_of(found),
        "is_known": is_known,
        "has_read": is_known and selectors.has_read(request.user, found),
        "readers": selectors.readers(found) if is_known else 0,
        "value_form": ValueForm() if is_known else None,
        "void_form": VoidForm(reasons=reasons) if reasons else None,
    } | forms
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "allocation/desk/draw.html", context, status=status)
