"""How a line works."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.hotline.models import Category, Line
from niangjia.hotline.services.lines import LIMITS

LABELS = {
    "ordinary_days": _("Ordinary matters: working days"),
    "difficult_days": _("Difficult matters: working days"),
    "complex_days": _("Especially complex matters: working days"),
    "urgent_minutes": _("Urgent matters: minutes until somebody has come"),
    "page_minutes": _("Minutes until the next person is paged"),
    "answered_call_back_percent": _("Of answers on the spot, called back (%)"),
    "quality_percent": _("Of what was called back, checked (%)"),
}


class LineForm(forms.Form):
    """The numbers of a line, and the classes it checks whole."""

    quality_always = forms.MultipleChoiceField(
        label=_("Checked whole"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, (least, most) in LIMITS.items():
            said = _("From %(least)s to %(most)s, please.") % {"least": least, "most": most}
            self.fields[name] = forms.IntegerField(
                label=str(LABELS[name]),
                min_value=least,
                max_value=most,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), said
                ),
            )
        self.order_fields([*LIMITS, "quality_always"])

    def numbers(self) -> dict[str, int]:
        """The numbers by name. Only of a valid form."""
        return {name: self.cleaned_data[name] for name in LIMITS}


def numbers_of(line: Line) -> dict[str, Any]:
    """What the form begins with."""
    return {name: getattr(line, name) for name in (*LIMITS, "quality_always")}
