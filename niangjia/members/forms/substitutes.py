"""Who is on leave, and who stands in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.selectors.substitutions import Colleague

DAY = {"type": "date"}
NO_DAY = _("Choose a day.")


class SubstituteForm(forms.Form):
    """For whom, by whom, from which day to which."""

    absent = forms.ChoiceField(label=_("Who is on leave"))
    substitute = forms.ChoiceField(
        label=_("Who stands in"),
        help_text=_("An officer who handles cases at the same union, the one above or beside."),
    )
    first = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs=DAY),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )
    last = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs=DAY),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )

    def __init__(
        self,
        staff: Sequence[Colleague],
        colleagues: Sequence[Colleague],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        for name, people in (("absent", staff), ("substitute", colleagues)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [
                (str(each.account_id), f"{each.name} · {each.role} · {each.union}")
                for each in people
            ]
            problem = _("Choose a colleague who handles cases near.")
            field.error_messages = {"required": problem, "invalid_choice": problem}
