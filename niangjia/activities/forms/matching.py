"""What is written where people name each other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import MatchTerms
from niangjia.activities.rules import matching as rules


class TermsForm(forms.Form):
    """Whether, how long, how many."""

    is_on = forms.BooleanField(
        label=_("Whoever comes may name others, by the number that each carries"), required=False
    )
    hours = forms.IntegerField(
        label=_("Until how many hours after the end"), min_value=1, max_value=168, initial=48
    )
    most = forms.IntegerField(label=_("How many one can name"), min_value=1, max_value=5, initial=3)
    days = forms.IntegerField(
        label=_("Everything is erased how many days later"), min_value=1, max_value=90, initial=30
    )

    @classmethod
    def of(cls, terms: MatchTerms | None) -> "TermsForm":
        """The form as the terms are now."""
        known = {name: getattr(terms, name) for name in ("hours", "most", "days")} if terms else {}
        return cls(initial={"is_on": terms is not None} | known)

    def terms(self) -> rules.Terms | None:
        """The terms; None when nobody names anybody. Only of a valid form."""
        data = self.cleaned_data
        is_on = data["is_on"]
        names = ("hours", "most", "days")
        return rules.Terms(**{name: data[name] for name in names}) if is_on else None


class JoinForm(forms.Form):
    """How one can be reached, and what one says and agrees to."""

    contact = forms.CharField(
        label=_("How whom you find can reach you"),
        max_length=rules.CONTACT_MAX,
        help_text=_("A mobile number or a WeChat name. Only whoever you name and who names you."),
        error_messages={"required": _("Say in up to 60 characters how you can be reached.")},
    )
    is_single = forms.BooleanField(
        label=_("I am 18 or older and single."),
        error_messages={"required": _("This is for people who are single.")},
    )
    agrees = forms.BooleanField(
        label=_("If somebody and I name each other, each of us sees the other's name and contact."),
        error_messages={"required": _("Without this nothing can be exchanged.")},
    )


class NumberForm(forms.Form):
    """The number that somebody carries."""

    number = forms.IntegerField(
        label=_("The number on their badge"),
        widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the number on their badge."),
            "invalid": _("Write the number on their badge."),
        },
    )


class ReportForm(NumberForm):
    """What somebody did."""

    words = forms.CharField(
        label=_("What they did"),
        max_length=rules.WORDS_MAX,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what happened, in up to 500 characters.")},
    )
