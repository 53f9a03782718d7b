"""Mine at a glance, the membership and its history, leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock
from niangjia.members import selectors, services
from niangjia.members.doors import signed_in
from niangjia.members.forms.joining import ResignationForm
from niangjia.members.rules import particulars
from niangjia.members.rules.mine import lines
from niangjia.members.rules.notices import told_once
from niangjia.members.rules.status import outlook
from niangjia.members.selectors.at_a_glance import at_a_glance

SHOWN_NOTICES = 3


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What needs me now, what I am a member of, what I applied for, what I was told."""
    account = signed_in(request)
    now = clock.now()
    seen = at_a_glance(account)
    waiting, owned = lines(account, now)
    return render(
        request,
        "members/joining/mine.html",
        {
            "name": seen.name,
            "membership": seen.membership,
            "draft": seen.draft,
            "applications": [(each, outlook(each, now)) for each in seen.applications],
            "waiting": waiting,
            "owned": owned,
            "notices": told_once(seen.notices, SHOWN_NOTICES),
            "unread": seen.unread,
        },
    )


@login_required
@require_GET
def membership(request: HttpRequest) -> HttpResponse:
    """The membership and everything that ever happened to it."""
    account = signed_in(request)
    return render(
        request,
        "members/joining/membership.html",
        {
            "membership": selectors.find_membership(account),
            "history": particulars.history(selectors.list_changes(account)[:100]),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def resignation(request: HttpRequest) -> HttpResponse:
    """Leave, after being told what that means and ticking that it is meant."""
    account = signed_in(request)
    found = selectors.find_membership(account)
    if found is None:
        return redirect("members:membership")
    form = ResignationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.resign(account=account, reason=form.cleaned_data["reason"], now=clock.now())
        messages.success(request, _("Your membership has ended. You are always welcome back."))
        return redirect("members:membership")
    return render(
        request,
        "members/joining/resignation.html",
        {"membership": found, "form": form},
        status=422 if form.is_bound else 200,
    )
