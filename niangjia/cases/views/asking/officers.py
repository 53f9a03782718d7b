"""At which union somebody works whom a case is about: one of very many."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from niangjia.cases.forms.picking import TYPED, offers
from niangjia.cases.selectors.places import beginning_of
from niangjia.members.doors import visitor_or_account
from niangjia.members.rules.choosing import LONGEST
from niangjia.regions.selectors import begins_at

#: Before the names of the fields where whoever complains is asked.
ABOUT = "about"


@require_GET
def officer_unions(request: HttpRequest) -> HttpResponse:
    """The unions that what is being typed may mean, in the form of a worker or of an officer."""
    account = visitor_or_account(request)
    beginning = beginning_of(account, begins_at(request.COOKIES, account))
    prefix = ABOUT if f"{ABOUT}-{TYPED}" in request.GET else ""
    words = request.GET.get(f"{prefix}-{TYPED}" if prefix else TYPED, "")[:LONGEST]
    return render(
        request,
        "members/desk/picker_offers.html",
        {"picker": offers(words, near=beginning.union, prefix=prefix)},
    )
