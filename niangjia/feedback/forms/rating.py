"""Rating a service, from a phone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.feedback.models import Channel, Level
from niangjia.feedback.rules import indicators, invitations

CHOOSE = _("Choose how satisfied you are.")


class IndicatorsForm(forms.Form):
    """A level for each indicator that is `asked`, by its name with its label; any may be left
    open."""

    def __init__(self, *args: Any, asked: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.indicator_names = list(asked)
        for name, label in asked.items():
            self.fields[name] = forms.TypedChoiceField(
                label=str(label),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("No answer")), *Level.choices],
                error_messages={"invalid_choice": _("Choose one of the five, or leave it open.")},
            )

    def indicator_fields(self) -> list[forms.BoundField]:
        """The fields of the indicators, for the template."""
        return [self[name] for name in self.indicator_names]

    def indicators(self) -> dict[str, int]:
        """Those that were answered."""
        data = self.cleaned_data
        return {name: data[name] for name in self.indicator_names if data.get(name) is not None}


class RatingForm(IndicatorsForm):
    """The level, the indicators of the channel, words, what may become of them, and how to reach
    somebody unknown."""

    level = forms.TypedChoiceField(
        label=_("How satisfied are you?"),
        choices=Level.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    words = forms.CharField(
        label=_("What was good, what was not?"),
        required=False,
        max_length=invitations.WORDS_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3, "maxlength": invitations.WORDS_MAX_LENGTH}),
        error_messages={"max_length": _("Up to 600 characters, please.")},
    )
    is_named = forms.BooleanField(
        label=_("The officer who helped me may see my name"),
        help_text=_("Without this they never learn who rated."),
        required=False,
    )
    may_be_shown = forms.BooleanField(
        label=_("My words may be published, without my name"), required=False
    )

    contact = forms.CharField(
        label=_("If you are dissatisfied: how may we call you back?"),
        help_text=_(
            "We do not know who you are, and need not. Only whoever calls sees it, and it is "
            "forgotten after the call. Without it nobody can call you."
        ),
        required=False,
        max_length=invitations.CONTACT_MAX_LENGTH,
        error_messages={"max_length": _("Up to 60 characters, please.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        channel: Channel | str,
        is_known: bool = True,
        can_be_called: bool = True,
    ) -> None:
        """`is_known`: whether there is a name that could be told. Whoever cannot be called is asked
        how to reach them."""
        super().__init__(data, asked=indicators.asked(channel))
        if not is_known:
            del self.fields["is_named"]
        if can_be_called:
            del self.fields["contact"]

    def given(self) -> dict[str, Any]:
        """What `services.rate` takes."""
        data = self.cleaned_data
        names = ("level", "words", "is_named", "may_be_shown")
        given = {name: data[name] for name in names if name in data}
        return {"indicators": self.indicators(), "contact": data.get("contact", ""), **given}
