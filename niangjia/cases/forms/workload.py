"""Who works on a case: what officers choose."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.forms import ReasonForm
from niangjia.cases.selectors.surroundings import Colleague


class AssignForm(forms.Form):
    """To which colleague a case is given."""

    to = forms.ChoiceField(
        label=_("Colleague"),
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("This colleague cannot be given the case. Choose another."),
        },
    )

    def __init__(
        self, colleagues: Sequence[Colleague], data: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            (str(each.account_id), f"{each.name or '—'} · {each.role}") for each in colleagues
        ]


class UnionForm(forms.Form):
    """A union: what is typed, or which of the offers is ticked; one of the two is enough."""

    use_required_attribute = False

    union = forms.CharField(
        max_length=120,
        label=_("Union"),
        help_text=_("Its name, pinyin initials, or number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Choose one of the unions below.")},
    )
    chosen = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        if data and data.get("chosen"):
            self.fields["union"].required = False


class JointForm(UnionForm):
    """Which union takes part, and what it is asked to do."""

    task = forms.CharField(
        required=False,
        max_length=500,
        label=_("What it is asked to do"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TransferForm(UnionForm, ReasonForm):
    """Which union a case is given to, and why."""

    field_order = ("union", "chosen", "reason")


__all__ = ["AssignForm", "JointForm", "TransferForm", "UnionForm"]
