"""Over which period."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.core.periods import (
    EARLIEST,
    LATEST,
    Period,
    PeriodKind,
    period_of,
    told_until,
)


class PeriodForm(forms.Form):
    """The day, week, month, quarter or year that a day lies in; without any, the present month, or
    the latest that those are told of who are not told exactly."""

    use_required_attribute = False
    period = forms.ChoiceField(label=_("Period"), choices=PeriodKind.choices, required=False)
    day = forms.DateField(
        label=_("Any day of it"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2026-11-22.")},
    )

    def __init__(self, data: Any = None, *, is_exact: bool = True) -> None:
        today = clock.today()
        day = today if is_exact else told_until(today) - dt.timedelta(days=1)
        given = {"period": PeriodKind.MONTH.value, "day": day.isoformat()}
        super().__init__(given | {name: data[name] for name in given if data and data.get(name)})

    def clean_day(self) -> dt.date:
        """A day on which something can have been counted."""
        day: dt.date = self.cleaned_data["day"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Choose a day between 2000 and 2199."))
        return day

    def chosen(self) -> Period:
        """The period. Only of a valid form."""
        return period_of(self.cleaned_data["period"], self.cleaned_data["day"])
