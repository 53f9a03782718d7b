"""The rules by which a union's cases find their officers: what a chair types."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import AssignmentRule, AssignmentWay
from niangjia.cases.services.assigning import MOST_WEIGHT

WEIGHT = "weight-"


class RuleForm(forms.Form):
    """What kind of case, to whom, and how. Beside each officer stands their share."""

    name = forms.CharField(
        max_length=60,
        label=_("What the rule is called"),
        help_text=_("It stands on each case that it assigns. Name no worker in it."),
        error_messages={"required": _("Give the rule a name, in at most 60 characters.")},
    )
    position = forms.IntegerField(
        min_value=1,
        max_value=99,
        initial=1,
        label=_("Its place among the rules"),
        help_text=_("The first rule that fits is the one."),
    )
    item = forms.ChoiceField(required=False, label=_("Service"))
    division = forms.ChoiceField(required=False, label=_("Place"))
    employer = forms.CharField(
        required=False,
        max_length=120,
        label=_("Employer complained about"),
        help_text=_("Its whole name, or its code."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        required=False,
        choices=[("", _("Any")), *settings.LANGUAGES],
        label=_("Language of the case"),
    )
    urgent_only = forms.BooleanField(required=False, label=_("Urgent cases only"))
    way = forms.ChoiceField(
        choices=AssignmentWay.choices,
        initial=AssignmentWay.LEAST,
        widget=forms.RadioSelect,
        label=_("Who gets the next case"),
    )
    keeps_person = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Whoever asked before comes to the officer who knows them"),
    )

    def __init__(
        self,
        items: Mapping[str, str],
        places: Mapping[str, str],
        staff: Mapping[uuid.UUID, str],
        data: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        for name, choices in (("item", items), ("division", places)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", _("Any")), *choices.items()]
        for account_id, label in staff.items():
            self.fields[f"{WEIGHT}{account_id}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_WEIGHT,
                label=label,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def share_fields(self) -> Sequence[forms.BoundField]:
        """The officers' shares, for the page."""
        return [self[name] for name in self.fields if name.startswith(WEIGHT)]

    def weights(self) -> dict[uuid.UUID, int]:
        """Who takes part, and how much; nobody where all are left out."""
        return {
            uuid.UUID(name.removeprefix(WEIGHT)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(WEIGHT) and value
        }


def typed_in(rule: AssignmentRule) -> dict[str, Any]:
    """A rule as its form shows it."""
    shares = {} if rule.everybody else {s.account_id: s.weight for s in rule.shares.all()}
    return {
        "name": rule.name,
        "position": rule.position,
        "item": rule.item.key if rule.item else "",
        "division": rule.division_id or "",
        "employer": rule.employer.name if rule.employer else "",
        "language": rule.language,
        "urgent_only": rule.urgent_only,
        "way": rule.way,
        "keeps_person": rule.keeps_person,
        **{f"{WEIGHT}{account}": weight for account, weight in shares.items()},
    }
