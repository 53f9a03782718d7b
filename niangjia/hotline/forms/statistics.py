"""Which period, of which line."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.hotline.models import Line

LONGEST_DAYS = 731


class PeriodForm(forms.Form):
    """From one day to another, both counted; without any, the present month."""

    line = forms.ChoiceField(label=_("Hotline"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, lines: Sequence[Line], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        everything = [("", str(_("All")))] if len(lines) > 1 else []
        field.choices = everything + [
            (line.number, f"{line.union.name} {line.number}") for line in lines
        ]

    def clean(self) -> dict[str, Any]:
        """The days, filled in where they were left open."""
        data = super().clean() or {}
        today = clock.today()
        data["since"] = data.get("since") or today.replace(day=1)
        data["until"] = data.get("until") or max(today, data["since"])
        days = (data["until"] - data["since"]).days
        if not 0 <= days <= LONGEST_DAYS:
            self.add_error("until", _("Choose a day after the first, within two years of it."))
        return data

    def period(self) -> tuple[dt.datetime, dt.datetime]:
        """From the first moment of the first day to the last of the last, in China."""
        since, until = (
            dt.datetime.combine(day, dt.time(), clock.CHINA)
            for day in (
                self.cleaned_data["since"],
                self.cleaned_data["until"] + dt.timedelta(days=1),
            )
        )
        return since, until
