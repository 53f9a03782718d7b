"""Teams: one's own team, joining one by a code, leaving it, handing it over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.activities.forms.signing_up import SignUpForm
from niangjia.activities.forms.teams import TeamCodeForm
from niangjia.activities.models import SignUp, Team
from niangjia.activities.selectors import teams as selectors
from niangjia.activities.services import teams as services
from niangjia.activities.views.showing import seen_also
from niangjia.core import clock, qr, refusals
from niangjia.core.errors import NotFound
from niangjia.members.doors import signed_in


@never_cache
@login_required
@require_safe
def team(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Who is in it, how many are missing; what its captain can do."""
    found, own = selectors.access_own_team(signed_in(request), sign_up_id)
    return shown(request, found, own)


def shown(request: HttpRequest, found: Team, own: SignUp, **more: Any) -> HttpResponse:
    """The page of a team, with a link that was just made."""
    people, now = list(found.sign_ups.all()), clock.now()
    least = found.run.activity.team_min or 1
    context = {
        "team": found,
        "own": own,
        "people": people,
        "activity": found.run.activity,
        "missing": max(0, least - len(people)),
        "free": max(0, found.size - len(people)),
        "is_on": found.claim.is_live and not found.ended_at and found.run.starts_at > now,
        **more,
    }
    return render(request, "activities/portal/team.html", context)


@never_cache
@login_required
@require_POST
def team_invitation(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """A code for one more, shown once."""
    with refusals.told(request):
        code = services.invite_teammate(
            by=signed_in(request), sign_up_id=sign_up_id, now=clock.now()
        )
        link = request.build_absolute_uri(reverse("activities:team_join", args=[code]))
        found, own = selectors.access_own_team(signed_in(request), sign_up_id)
        return shown(request, found, own, code=code, link=link, drawing=qr.on_screen(link))
    return redirect("activities:team", sign_up_id)


@login_required
@require_http_methods(["GET", "POST"])
def team_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a team, to get to where one joins it."""
    form = TeamCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            selectors.access_invitation(code)
        except NotFound:
            form.add_error("code", _("No team has this code. Compare it letter by letter."))
        else:
            return redirect("activities:team_join", code)
    status = 422 if form.errors else 200
    return render(request, "activities/portal/team_code.html", {"form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def team_join(request: HttpRequest, code: str) -> HttpResponse:
    """Which team it is and what it takes part in; whoever agrees joins it."""
    account, invitation = signed_in(request), selectors.access_invitation(code)
    found = invitation.team
    mine = found.sign_ups.filter(account=account).first()
    if mine:
        return redirect("activities:team", mine.pk)
    initial = {"name": account.person.name if account.person else ""}
    form = SignUpForm(
        found.run.activity, [found.run], request.POST or None, initial, as_teammate=True
    )
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            made = services.join_team(
                by=account, code=code, answers=form.answers(), now=clock.now()
            )
            messages.success(request, _("You are in the team."))
            return redirect("activities:team", made.pk)
    context = {
        "team": found,
        "activity": found.run.activity,
        "form": form,
        "is_good": invitation.sign_up_id is None and clock.now() < invitation.expires_at,
        "seen_also": seen_also(found.run.activity),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/portal/team_join.html", context, status=status)


@login_required
@require_POST
def team_departure(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """A teammate leaves."""
    with refusals.told(request):
        services.leave_team(by=signed_in(request), sign_up_id=sign_up_id, now=clock.now())
        messages.success(request, _("You are no longer in the team."))
        return redirect("activities:mine")
    return redirect("activities:team", sign_up_id)


@login_required
@require_POST
def team_removal(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """The captain takes somebody out."""
    with refusals.told(request):
        services.remove_teammate(
            by=signed_in(request),
            sign_up_id=sign_up_id,
            teammate_id=request.POST.get("teammate", ""),
            now=clock.now(),
        )
        messages.success(request, _("They are out of the team and are told."))
    return redirect("activities:team", sign_up_id)


@login_required
@require_POST
def team_captain(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Somebody else is captain from now on."""
    with refusals.told(request):
        services.hand_over_team(
            by=signed_in(request),
            sign_up_id=sign_up_id,
            teammate_id=request.POST.get("teammate", ""),
            now=clock.now(),
        )
        messages.success(request, _("Handed over. The new captain is told."))
    return redirect("activities:team", sign_up_id)
