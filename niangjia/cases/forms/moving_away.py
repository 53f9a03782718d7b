"""Moving to another province."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """Where somebody moves to, and whether the record of their case may go along."""

    province = forms.ChoiceField(
        label=_("To which province"),
        error_messages={
            "required": _("Choose the province you move to: another than the one you are in."),
            "invalid_choice": _(
                "Choose the province you move to: another than the one you are in."
            ),
        },
    )
    agreed = forms.BooleanField(
        required=False,
        label=_("The union there may be given the record of this case"),
        help_text=_(
            "What you said and what you can read here about it. You can take this back by sending "
            "the form again without the tick; what was handed over by then stays there."
        ),
    )

    def __init__(self, provinces: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["province"]
        field.choices = [("", _("Choose")), *provinces]  # type: ignore[attr-defined]
