"""Following an application, taking it back, asking for a review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock, refusals
from niangjia.core.errors import Conflict
from niangjia.members import selectors, services
from niangjia.members.doors import signed_in
from niangjia.members.forms.joining import ReviewForm
from niangjia.members.models import ApplicationStatus
from niangjia.members.rules import applications as rules
from niangjia.members.rules.status import outlook
from niangjia.organisations import selectors as organisations


@login_required
@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Where an application stands, what happens next and by when."""
    found = selectors.access_application(account=signed_in(request), number=number)
    is_refused = found.status == ApplicationStatus.REFUSED
    return render(
        request,
        "members/joining/application.html",
        {
            "application": found,
            "outlook": outlook(found, clock.now()),
            "steps": list(selectors.list_steps(found)),
            "review_by": rules.next_handler(found.handled_by) if is_refused else None,
            "review": getattr(found, "review", None),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once whether it is meant, then withdraw. `union` says where to apply afterwards; one that
    is no union leads back to the application, for the withdrawal is done."""
    account = signed_in(request)
    found = selectors.access_application(account=account, number=number)
    wanted = request.POST.get("union") or request.GET.get("union") or ""
    onward = organisations.find_union_by_number(wanted)
    if request.method == "GET":
        if not found.is_open:
            return redirect("members:application", found.number)
        return render(
            request,
            "members/joining/withdrawal.html",
            {"application": found, "onward": onward},
        )
    try:
        services.withdraw_application(account=account, application=found, now=clock.now())
    except Conflict as conflict:
        messages.warning(request, str(conflict.message))
        return redirect("members:application", found.number)
    messages.success(request, _("Your application is withdrawn."))
    if onward:
        return redirect("members:join", onward.number)
    return redirect("members:application", found.number)


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the union above the one that refused to look again."""
    account = signed_in(request)
    found = selectors.access_application(account=account, number=number)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            asked = services.request_review(
                account=account,
                application=found,
                statement=form.cleaned_data["statement"],
                now=clock.now(),
            )
            return redirect("members:application", asked.number)
    return render(
        request,
        "members/joining/review.html",
        {
            "application": found,
            "form": form,
            "upper": rules.next_handler(found.handled_by),
        },
        status=422 if form.is_bound else 200,
    )
