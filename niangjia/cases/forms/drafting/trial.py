"""What is typed in a trial run."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.services.trial import MOST_MOVES, Move
from niangjia.core import strict_json

MOST_CHARACTERS = 200_000


class PersonForm(forms.Form):
    """What would be known of the made-up applicant."""

    is_member = forms.BooleanField(required=False, initial=True, label=_("A member"))
    age = forms.IntegerField(required=False, min_value=0, max_value=120, label=_("Age"))
    gender = forms.ChoiceField(
        required=False,
        choices=[("", _("Not known")), ("female", _("Female")), ("male", _("Male"))],
        label=_("Gender"),
    )
    months_a_member = forms.IntegerField(
        required=False, min_value=0, max_value=900, label=_("Months as a member")
    )


class TrialForm(forms.Form):
    """Where the made-up applicant asks, and what happened so far."""

    union = forms.CharField(
        max_length=120,
        label=_("Union at which the made-up applicant asks"),
        help_text=_("Whole name or number"),
    )
    script = forms.CharField(
        required=False, max_length=MOST_CHARACTERS, strip=False, widget=forms.HiddenInput
    )

    def clean_script(self) -> list[Move]:
        """The moves so far, as the page sent them back; whatever cannot be read is no move."""
        try:
            rows = strict_json.loads(self.cleaned_data["script"] or "[]")
            return [move_of(row) for row in rows[:MOST_MOVES]]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise forms.ValidationError(
                _("This trial run cannot be gone on with. Begin again."), code="script"
            ) from None


def move_of(row: dict[str, Any]) -> Move:
    """One move. Raises for what is none."""
    if not isinstance(row["answers"], dict):
        raise TypeError("answers are an object")
    on = dt.date.fromisoformat(row["on"]) if row["on"] else None
    return Move(outcome=str(row["outcome"]), words=str(row["words"]), answers=row["answers"], on=on)


class MoveForm(forms.Form):
    """On which day the next move is taken."""

    on = forms.DateField(
        required=False,
        label=_("On which day"),
        help_text=_("Empty: the same day."),
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("Write the day like 2026-11-22.")},
    )
