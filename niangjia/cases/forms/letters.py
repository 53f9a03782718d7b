"""Letters: what officers fill in, what becomes of them, and the code of a paper."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Mended, ServedBy
from niangjia.cases.rules.content import LetterTemplate
from niangjia.core import clock, files
from niangjia.core.files import Kind

#: The receipt of a service, an employer's answer: a photo or a paper.
PAPERS = files.PHOTOS | files.PAPERS


class FilesInput(forms.FileInput):
    """A field for several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All of them."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """Several files, unchecked: services look into them."""

    def __init__(self, **options: Any) -> None:
        widget = FilesInput(attrs={"accept": files.accept_attribute(PAPERS), "multiple": True})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files that were sent, none included."""
        return [each for each in (data or []) if each]


class LetterForm(forms.Form):
    """The fields of a template. What is missing or too long is said by the service, field by field,
    as it is to programs."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        template: LetterTemplate,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        accused: Sequence[tuple[uuid.UUID, str]] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), prefix="letter")
        if template.to == "employer" and len(accused) > 1:
            self.fields["employer"] = forms.TypedChoiceField(
                choices=[
                    ("", _("All of them together")),
                    *((str(pk), name) for pk, name in accused),
                ],
                coerce=uuid.UUID,
                empty_value=None,
                required=False,
                label=_("To which of the employers"),
                error_messages={
                    "invalid_choice": _("Choose one of the employers this case is about.")
                },
            )
        for each in template.fields:
            widget = forms.Textarea(attrs={"rows": 6}) if each.long else forms.TextInput()
            self.fields[each.key] = forms.CharField(
                required=False,
                label=str(each.label),
                help_text=str(each.help or ""),
                widget=widget,
            )
            self.fields[each.key].wanted = each.required  # type: ignore[attr-defined]

    def values(self) -> dict[str, str]:
        """What was typed, by the keys of the template's fields."""
        own = ("seen", "employer")
        return {key: value for key, value in self.cleaned_data.items() if key not in own}


class DayForm(forms.Form):
    """A day on which something became of a letter, with what proves it."""

    on_date = forms.DateField(
        label=_("On which day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        initial=clock.today,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("In words"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    papers = FilesField(label=_("Photos or papers"), help_text=_("At most 5, 20 MB each."))


class ServiceForm(DayForm):
    """How a letter was handed over."""

    field_order = ("way", "on_date", "words", "papers")
    way = forms.ChoiceField(
        choices=ServedBy.choices,
        label=_("How it was handed over"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was handed over.")},
    )


class AnswerForm(DayForm):
    """What was answered."""

    field_order = ("mended", "on_date", "words", "papers")
    mended = forms.ChoiceField(
        choices=Mended.choices,
        label=_("What the answer says"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the answer says.")},
    )


class NamingForm(forms.Form):
    """What an applicant said aloud about being named."""

    agreed = forms.TypedChoiceField(
        choices=[("yes", _("They agree to be named")), ("no", _("They do not want to be named"))],
        coerce=lambda value: value == "yes",
        label=_("What they said"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they said.")},
    )
    words = forms.CharField(
        max_length=500,
        label=_("When and how"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say when and how they agreed, in 10 to 500 characters: they read it.")
        },
    )


class LetterHeadForm(forms.Form):
    """What stands on a union's letters."""

    mark = forms.CharField(
        required=False,
        max_length=6,
        label=_("Mark in the numbers of letters"),
        help_text=_("As in 义工〔2026〕1 号: at most 6 Chinese characters."),
    )
    picture = forms.FileField(
        required=False,
        label=_("Picture of the seal"),
        help_text=_("PNG with a clear ground is best, or JPEG; about square, 2 MB at most."),
        widget=forms.FileInput(attrs={"accept": files.accept_attribute([Kind.PNG, Kind.JPEG])}),
    )
    without_seal = forms.BooleanField(
        required=False, label=_("Take the seal away: letters are then sealed by hand")
    )


class CodeForm(forms.Form):
    """The code of a paper."""

    code = forms.CharField(
        max_length=40,
        label=_("Verification code"),
        help_text=_("12 letters and digits at the foot of each page: 7K2M-9QXC-4T0B."),
        error_messages={"required": _("Type the code that stands on the paper.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CompareForm(forms.Form):
    """The PDF somebody holds."""

    file = forms.FileField(
        label=_("The PDF file"),
        widget=forms.FileInput(attrs={"accept": files.accept_attribute([Kind.PDF])}),
        error_messages={
            "required": _("Choose the PDF file."),
            "empty": _("This file is empty. Choose it again, or choose another one."),
        },
    )
