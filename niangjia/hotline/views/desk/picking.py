"""Choosing the union that an order is given to."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from niangjia.cases.selectors.surroundings import choices_among
from niangjia.core import protection
from niangjia.hotline import selectors
from niangjia.hotline.models import WorkOrder
from niangjia.hotline.selectors.units import list_below, propose_units
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.choosing import Option, Picker
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union

LONGEST = 120


@require_GET
@officer_page(Action.ANSWER_HOTLINE)
def unions(request: OfficerRequest, number: str) -> HttpResponse:
    """The unions that what is being typed may mean; without a word, those that are proposed."""
    with protection.viewing(account=request.user.pk):
        found = selectors.access_order(request.posts, number, account=request.user)
        offers = picker(found, request.GET.get("union", "")[:LONGEST])
    return render(request, "members/desk/picker_offers.html", {"picker": offers})


def picker(found: WorkOrder, words: str, ticked: str = "") -> Picker:
    """The offers under the field. What was answered on the spot goes nowhere."""
    address = reverse("hotline:units", args=[found.number])
    if found.case is None:
        return Picker(tick="chosen", address=address, options=[])
    if not words.strip() and (proposed := propose_units(found)):
        options = [option(each.union, str(each.why)) for each in proposed]
        return Picker(tick="chosen", address=address, options=options, ticked=ticked)
    choices = choices_among(list_below(found), words)
    return Picker(
        tick="chosen",
        address=address,
        options=[option(each) for each in choices.unions],
        ticked=ticked,
        nothing=_("No union below the line is called that.") if words.strip() else "",
        has_more=choices.more,
    )


def option(union: Union, why: str = "") -> Option:
    """One offer, with why it is made or where it is."""
    return Option(union.number, union.name, f"{why or union.division.name} · {union.number}")
