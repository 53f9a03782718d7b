"""Choosing one of very many: what is typed offers a few, one of which is ticked.

With JavaScript the offers follow what is typed; without it, the button beside the field brings the
same form back with them. The field is the text, `chosen` and `division` the tick.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.rules.choosing import LONGEST, Option, Picker
from niangjia.members.selectors.places import OFFERED, NamedPlace, suggest_places
from niangjia.members.selectors.unions_within_reach import Choices, find_joinable_within


def union_picker(choices: Choices, *, words: str, ticked: str = "") -> Picker:
    """Unions with members of their own, within reach."""
    nothing = _("No union with members of its own is called that within your reach.")
    return Picker(
        tick="chosen",
        address=reverse("members:union_choices"),
        options=[
            Option(union.number, union.name, f"{union.division.name} · {union.number}")
            for union in choices.unions
        ],
        ticked=ticked,
        nothing=nothing if words.strip() else "",
        has_more=choices.more,
    )


def place_picker(places: list[NamedPlace], *, words: str, ticked: str = "") -> Picker:
    """Divisions, with those above them."""
    return Picker(
        tick="division",
        address=reverse("members:place_choices"),
        options=[Option(place.code, place.name) for place in places],
        ticked=ticked,
        nothing=_("We do not know this place. Write it as 某省某市某县.") if words.strip() else "",
        has_more=len(places) >= OFFERED,
    )


@require_GET
@officer_page(Action.CHANGE_MEMBERSHIPS)
def union_choices(request: OfficerRequest) -> HttpResponse:
    """The unions that what is being typed may mean."""
    words = typed(request, "union")
    choices = find_joinable_within(request.posts, Action.CHANGE_MEMBERSHIPS, words)
    return offers(request, union_picker(choices, words=words))


@require_GET
@officer_page(Action.EDIT_UNION)
def place_choices(request: OfficerRequest) -> HttpResponse:
    """The places that what is being typed may mean."""
    words = typed(request, "place")
    return offers(request, place_picker(suggest_places(words), words=words))


def typed(request: OfficerRequest, field: str) -> str:
    """What stands in the field, as far as it can be a name."""
    return request.GET.get(field, "")[:LONGEST]


def offers(request: OfficerRequest, picker: Picker) -> HttpResponse:
    """The part of the form that htmx puts under the field."""
    return render(request, "members/desk/picker_offers.html", {"picker": picker})
