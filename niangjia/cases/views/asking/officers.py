"""At which union somebody works whom a case is about: one of very many."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from niangjia.cases.forms.asking import OfficerForm
from niangjia.cases.selectors.officers import offered_unions
from niangjia.cases.selectors.places import beginning_of
from niangjia.members.doors import visitor_or_account
from niangjia.members.rules.choosing import LONGEST, Option, Picker
from niangjia.organisations.models import Union
from niangjia.regions.selectors import begins_at

#: Before the names of the fields where whoever complains is asked.
ABOUT = "about"
TYPED, TICKED = "officer_union", "officer_chosen"


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


def picker_for(form: OfficerForm, *, near: Union) -> Picker:
    """The offers under the field of a form. One query."""
    words, ticked = (str(form[name].value() or "") for name in (TYPED, TICKED))
    return offers(words, near=near, prefix=form.prefix or "", ticked=ticked)


def no_offers() -> Picker:
    """The field of an officer's form before anything is typed."""
    return Picker(tick=TICKED, address=reverse("cases:officer_unions"), options=[])


def offers(words: str, *, near: Union, prefix: str, ticked: str = "") -> Picker:
    """The offers; without a word the unions above whoever asks, none of them chosen."""
    choices = offered_unions(words, near=near)
    return Picker(
        tick=f"{prefix}-{TICKED}" if prefix else TICKED,
        address=reverse("cases:officer_unions"),
        options=[
            Option(union.number, union.name, f"{union.division.name} · {union.number}")
            for union in choices.unions
        ],
        ticked=ticked,
        nothing=_("No union is called that.") if words.strip() else "",
        has_more=choices.more,
    )
