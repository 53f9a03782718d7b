"""Following an application."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from niangjia.core import clock
from niangjia.members import selectors
from niangjia.members.views.joining.asking import signed_in


@login_required
@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Where an application stands, what happens next and by when."""
    found = selectors.access_application(account=signed_in(request), number=number)
    return render(
        request,
        "members/joining/application.html",
        {
            "application": found,
            "steps": list(selectors.list_steps(found)),
            "is_late": found.is_late(clock.now()),
        },
    )
