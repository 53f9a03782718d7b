"""What keepers and officers note at a place."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.places.models import Ending, Place, Sort, Supply
from niangjia.places.rules import checklists, facilities
from niangjia.places.rules.checklists import Item


def day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


class TickForm(forms.Form):
    """Open today, with what is missing."""

    lacking = forms.MultipleChoiceField(
        label=_("Missing or broken today"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, place: Place, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["lacking"].choices = has(place)  # type: ignore[attr-defined]


def has(place: Place) -> list[tuple[str, Any]]:
    """What a place has, to choose from."""
    return [(each.key, each.label) for each in facilities.named(place.facilities)]


class SupplyForm(forms.Form):
    """Something that stands there from now on."""

    name = forms.CharField(
        label=_("What came in"),
        max_length=60,
        help_text=_("Such as: plasters, AED pads, bottled water."),
        error_messages={"required": _("Say what it is, in up to 60 characters.")},
    )
    sort = forms.ChoiceField(label=_("Kind of thing"), choices=Sort.choices)
    amount = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=1)
    expires_date = day(_("Expires on"))
    check_date = day(_("Next check on"))
    facility = forms.ChoiceField(
        label=_("Without it, missing is"),
        required=False,
        help_text=_("When none of it can be used, this is shown as missing."),
    )

    def __init__(self, *args: Any, place: Place, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["facility"].choices = [("", "—"), *has(place)]  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    """What became of it."""

    ending = forms.ChoiceField(label=_("What became of it"), choices=Ending.choices)


class NextCheckForm(forms.Form):
    """It was looked at and works."""

    next_date = day(_("Next check on"))
    next_date.wanted = True  # type: ignore[attr-defined]

    def __init__(self, *args: Any, supply: Supply, **more: Any) -> None:
        super().__init__(*args, **more)
        self.supply, self.auto_id = supply, f"%s-{supply.pk}"


class KeeperForm(forms.Form):
    """For whom a link is made."""

    known_as = forms.CharField(label=_("Who it is for"), max_length=40)


class PlateForm(forms.Form):
    """What became of the old plate."""

    reason = forms.CharField(
        label=_("What became of the old plate"),
        max_length=100,
        error_messages={
            "required": _("Say what became of the old plate, in up to 100 characters.")
        },
    )


class WordsForm(forms.Form):
    """A few words that go with a step."""

    words = forms.CharField(
        label=_("In a few words"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class ClosingForm(forms.Form):
    """Why it is closed for good."""

    reason = forms.CharField(
        label=_("Why it is closed for good: people will come and ask"),
        max_length=300,
        error_messages={
            "required": _("Say why, in up to 300 characters: people will come and ask.")
        },
    )


class ItemsForm(forms.Form):
    """Every item of a checklist: one of `answers`, and a few words."""

    def __init__(
        self, *args: Any, items: list[Item], answers: Iterable[tuple[str, Any]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.items = items
        label: Any
        for item in self.items:
            label = item.label
            self.fields[item.key] = forms.ChoiceField(
                label=label,
                choices=answers,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"{item.key}_words"] = forms.CharField(
                label=_("What is wrong"), max_length=checklists.LONGEST_WORDS, required=False
            )

    def rows(self) -> list[tuple[Any, Any]]:
        """An item's two fields, for the template."""
        return [(self[item.key], self[f"{item.key}_words"]) for item in self.items]

    def answers(self) -> dict[str, str]:
        return {item.key: self.cleaned_data.get(item.key, "") for item in self.items}

    def words_of_items(self) -> dict[str, str]:
        return {item.key: self.cleaned_data.get(f"{item.key}_words", "") for item in self.items}


class ChecklistForm(ItemsForm):
    """Before a place opens: all right, or not and in which way."""

    who = forms.CharField(label=_("Who was there"), max_length=40)

    def __init__(self, *args: Any, place: Place, **more: Any) -> None:
        answers = [("ok", _("All right")), ("bad", _("Not all right"))]
        super().__init__(*args, items=checklists.items_for(place), answers=answers, **more)
