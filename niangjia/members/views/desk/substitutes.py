"""Leave: who stands in for whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.substitutes import SubstituteForm
from niangjia.members.models import Account
from niangjia.members.rules import Action
from niangjia.members.selectors import substitutions as selectors
from niangjia.members.services import substitutions as services

HANDLES = Action.HANDLE_CASES


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
def substitutes(request: OfficerRequest) -> HttpResponse:
    """What holds now and soon, and naming another."""
    posts, now = request.posts, clock.now()
    mine = selectors.own_colleague(request.user)
    known = {each.account_id for each in mine}
    staff = [*mine, *(one for one in selectors.list_staff(posts) if one.account_id not in known)]
    form = SubstituteForm(
        staff,
        selectors.list_colleagues(posts),
        request.POST if request.method == "POST" else None,
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with refusals.beside(form):
            services.name_substitute(
                by=request.user,
                absent=Account.objects.get(pk=data["absent"]),
                substitute=Account.objects.get(pk=data["substitute"]),
                first=data["first"],
                last=data["last"],
                now=now,
            )
            messages.success(request, _("It begins and ends by itself. Both have been told."))
            return redirect("members:substitutes")
    return render(
        request,
        "members/desk/substitutes.html",
        {
            "rows": selectors.list_substitutions(request.user, posts, now=now),
            "form": form,
            "now": now,
        },
        status=422 if form.errors else 200,
    )


@require_POST
@officer_page(HANDLES)
def substitute_end(request: OfficerRequest, key: str) -> HttpResponse:
    """Somebody is back early. Asked for again, nothing happens."""
    now = clock.now()
    found = selectors.access_substitution(request.user, request.posts, key, now=now)
    services.end_substitution(by=request.user, key=found.pk, now=now)
    messages.success(request, _("It has ended. Nobody stands in any more."))
    return redirect("members:substitutes")
