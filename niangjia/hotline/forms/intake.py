"""What an agent takes down while listening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.doors import OfficerForm
from niangjia.core.errors import Invalid
from niangjia.hotline.models import Grade, UrgentKind
from niangjia.hotline.services import Caller, Intake
from niangjia.members.rules import phones

CHOOSE = _("Choose one of the list.")


class IntakeForm(OfficerForm):
    """One form for both ways: which button is pressed decides what of it is needed, and the
    services say what is missing, beside the field."""

    use_required_attribute = False

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    topic_words = forms.CharField(
        required=False,
        max_length=60,
        label=_("What is it about?"),
        help_text=_("Words, or the first letters of the pinyin."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-key": "F4"}),
    )
    topic = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    matter = forms.CharField(
        required=False,
        max_length=5000,
        label=_("What the caller says"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(required=False, max_length=60, label=_("Caller's name"))
    phone = forms.CharField(required=False, max_length=20, label=_("Number to call back"))
    is_anonymous = forms.BooleanField(
        required=False, label=_("Does not want to be known: the number is forgotten")
    )
    may_text = forms.BooleanField(
        required=False, label=_("Agrees to a text message that asks how our answer was")
    )
    grade = forms.ChoiceField(
        required=False,
        choices=[("", _("As usual for this")), *Grade.choices],
        label=_("How hard it is"),
        error_messages={"invalid_choice": CHOOSE},
    )
    urgent = forms.ChoiceField(
        required=False,
        choices=[("", _("Not urgent")), *UrgentKind.choices],
        label=_("Urgent?"),
        error_messages={"invalid_choice": CHOOSE},
    )
    employer = forms.CharField(
        required=False,
        max_length=120,
        label=_("Which employer is it about?"),
        help_text=_("Its full name: its people never see this."),
    )
    union = forms.CharField(
        required=False,
        max_length=120,
        label=_("Union to begin with"),
        help_text=_("Name, pinyin initials or number; empty for the line's own union."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    chosen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    people_count = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        label=_("How many people"),
        error_messages={"invalid": _("Write a number.")},
    )
    article = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    answer = forms.CharField(
        required=False,
        max_length=5000,
        label=_("What you answered"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    goes_on = forms.BooleanField(required=False, label=_("The caller has another matter"))

    #: What nearly every call needs: no word of "optional" beside it.
    WANTED = ("topic_words", "matter", "name", "phone", "grade", "urgent", "employer", "answer")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.WANTED:
            self.fields[name].wanted = True  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """A mobile number in E.164; any other as it was typed."""
        given: str = self.cleaned_data["phone"].strip()
        try:
            return phones.normalised(given) if given else ""
        except Invalid:
            return given

    def intake(self) -> Intake:
        """What was decided. Only of a valid form."""
        data = self.cleaned_data
        return Intake(
            topic_key=data["topic"],
            grade=data["grade"],
            urgent=data["urgent"],
            version=data["version"],
            goes_on=data["goes_on"],
        )

    def caller(self) -> Caller:
        """Who calls. Only of a valid form."""
        data: dict[str, Any] = self.cleaned_data
        if data["is_anonymous"]:
            return Caller(is_anonymous=True)
        return Caller(data["name"].strip(), data["phone"], may_text=data["may_text"])
