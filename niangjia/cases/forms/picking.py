"""The unions that are offered where a form asks at which one somebody works: one of very many."""

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.cases.forms.asking import OfficerForm
from niangjia.cases.selectors.officers import offered_unions
from niangjia.members.rules.choosing import Option, Picker
from niangjia.organisations.models import Union

TYPED, TICKED = "officer_union", "officer_chosen"


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
