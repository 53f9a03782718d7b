"""The numbers that a place sets for itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.forms.drafting.cells import number_or_text
from niangjia.cases.rules.content import Text


class AmountsForm(forms.Form):
    """A place's own numbers: empty is what holds above."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None, *, above: Mapping[str, Any], own: Mapping[str, Any]
    ) -> None:
        self.names = list(above.get("parameter_words", {}))
        super().__init__(data, initial=dict(own))
        inherited = above.get("parameters", {})
        for name in self.names:
            self.fields[name] = amount_field(
                str(Text.model_validate(above["parameter_words"][name])), inherited.get(name)
            )

    def own_values(self) -> dict[str, Any]:
        """The numbers of this place."""
        given = {name: number_or_text(self.cleaned_data[name]) for name in self.names}
        return {name: value for name, value in given.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        """A number where a number holds above, or none does; else yes or no."""
        cleaned = super().clean() or {}
        for name in self.names:
            value = number_or_text(cleaned.get(name) or "")
            wanted = self.fields[name].inherited  # type: ignore[attr-defined]
            if isinstance(value, str) and not isinstance(wanted, str):
                self.add_error(name, _("Write a number."))
            elif isinstance(value, int | float) and value < 0:
                self.add_error(name, _("This number is too small."))
            elif value is not None and wanted in ("yes", "no") and value not in ("yes", "no"):
                self.add_error(name, _("Choose yes or no."))
        return cleaned


def amount_field(label: str, inherited: Any) -> forms.Field:
    """One number of a place, with what holds above."""
    helped = (
        _("Above: %(value)s") % {"value": inherited}
        if inherited is not None
        else _("Nobody above has set it: each place does.")
    )
    if inherited in ("yes", "no"):
        choices = [("", _("As above")), ("yes", _("Yes")), ("no", _("No"))]
        said = _("Yes") if inherited == "yes" else _("No")
        field: forms.Field = forms.ChoiceField(
            choices=choices,
            label=label,
            required=False,
            help_text=_("Above: %(value)s") % {"value": said},
        )
    else:
        field = forms.CharField(
            label=label,
            required=False,
            max_length=20,
            help_text=helped,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        )
    field.inherited = inherited  # type: ignore[attr-defined]
    return field
