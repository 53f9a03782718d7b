"""What officers say about work orders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.feedback.doors import IndicatorsForm
from niangjia.feedback.models import Channel as RatingChannel
from niangjia.feedback.models import Level
from niangjia.feedback.rules import indicators
from niangjia.hotline.models import CallBackResult, Grade, PageWay, UrgentKind
from niangjia.hotline.rules.aftercare import CHECKLIST
from niangjia.hotline.services.calling_back import SAID

WHY = _("Say why, in 10 to 500 characters: the applicant reads it.")


class OrderReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": WHY},
    )


class DispatchForm(OrderReasonForm):
    """To which union: typed, or one of the offers ticked; one of the two is enough."""

    use_required_attribute = False
    union = forms.CharField(
        max_length=120,
        label=_("Union"),
        help_text=_("Its name, pinyin initials, or number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Choose one of the unions below.")},
    )
    chosen = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    field_order = ("union", "chosen", "reason")

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        if data and data.get("chosen"):
            self.fields["union"].required = False


class ReturnForm(OrderReasonForm):
    """Why it is not theirs."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say why it is not yours to do, in 10 to 500 characters.")},
    )


class GradeForm(OrderReasonForm):
    """How hard it turned out to be."""

    grade = forms.ChoiceField(label=_("How hard it is"), choices=Grade.choices)
    field_order = ("grade", "reason")


class UrgentForm(forms.Form):
    """What cannot wait."""

    kind = forms.ChoiceField(
        label=_("What cannot wait?"),
        choices=UrgentKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what cannot wait.")},
    )


class OrderCallForm(IndicatorsForm):
    """What a call back came to."""

    result = forms.ChoiceField(
        label=_("What did the call come to?"),
        choices=[(each.value, each.label) for each in SAID],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the call came to.")},
    )
    level = forms.TypedChoiceField(
        label=_("How satisfied are they?"),
        choices=Level.choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What they said"), required=False, widget=forms.Textarea({"rows": 3})
    )
    is_named = forms.BooleanField(
        label=_("They agree that whoever handled it learns their name"), required=False
    )

    def __init__(self, data: Any = None, *, is_online: bool = False, **options: Any) -> None:
        """`is_online`: they wrote to us, so they are asked about pages, not about people."""
        asked = indicators.asked(RatingChannel.CALL_BACK, is_online=is_online)
        super().__init__(data, asked=asked, **options)

    def clean(self) -> dict[str, Any]:
        """A level is needed, and kept with the indicators, where somebody was reached."""
        given = super().clean() or {}
        reached = given.get("result") == CallBackResult.REACHED
        data = {key: given[key] for key in given if key not in self.indicator_names}
        data["level"] = data.get("level") if reached else None
        data["indicators"] = self.indicators() if reached else {}
        return data


class CheckForm(forms.Form):
    """The checklist, line by line, and what was wrong."""

    reason = forms.CharField(
        label=_("What was wrong"),
        help_text=_("Where one line is a no: the colleague who calls again reads it."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for key, label in CHECKLIST.items():
            self.fields[key] = forms.ChoiceField(
                label=str(label),
                choices=[("yes", _("Yes")), ("no", _("No"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say yes or no.")},
            )
        self.order_fields([*CHECKLIST, "reason"])

    def clean(self) -> dict[str, Any]:
        """The checklist as it was answered, and the words."""
        given = super().clean() or {}
        answers = {key: given[key] == "yes" for key in CHECKLIST if key in given}
        return {"answers": answers, "words": given.get("reason", "")}


class OnCallForm(forms.Form):
    """Who is fetched, in which hours, and how."""

    account = forms.ChoiceField(
        label=_("Colleague"), error_messages={"required": _("Choose a colleague.")}
    )
    from_time = forms.TimeField(
        label=_("From"), initial="00:00", widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    until_time = forms.TimeField(
        label=_("Until"),
        help_text=_("May run over midnight. The same twice is the whole day."),
        initial="00:00",
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    way = forms.ChoiceField(label=_("How"), choices=PageWay.choices, initial=PageWay.VOICE)

    def __init__(self, people: Any, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(people)
