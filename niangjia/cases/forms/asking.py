"""What is asked besides an item's own questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.content import Item
from niangjia.cases.selectors.officers import list_unions
from niangjia.cases.selectors.surroundings import find_chosen
from niangjia.cases.services import AboutOfficer
from niangjia.members.clients import sms
from niangjia.members.doors.fields import PhoneField
from niangjia.members.rules.choosing import LONGEST
from niangjia.organisations.models import Union


class EmployerForm(forms.Form):
    """The employer a complaint is about."""

    employer = forms.CharField(
        max_length=120,
        min_length=2,
        label=_("Which employer is it about?"),
        help_text=_("Its full name, as on the contract or the payslip. Its people never see this."),
        error_messages={
            "required": _("Say which employer it is about, so that its people never see this.")
        },
    )
    uscc = forms.CharField(
        required=False,
        max_length=18,
        label=_("Its unified social credit code"),
        help_text=_("If you have it: it stands on the business licence."),
    )


class OfficerForm(forms.Form):
    """Somebody who works at a union: which one, and who."""

    officer_union = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("At which union do they work?"),
        help_text=_("Its name, pinyin initials or number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    officer_chosen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    officer = forms.CharField(
        required=False,
        max_length=120,
        label=_("Who is it?"),
        help_text=_(
            "A name, a post or both. Whoever is called so at that union, or above it, never sees "
            "this; where nobody is, whoever holds that post there."
        ),
    )

    works_at: Union | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Whoever opens this part names somebody: neither is optional then.
        for name in ("officer_union", "officer"):
            self.fields[name].wanted = True  # type: ignore[attr-defined]

    @property
    def names_somebody(self) -> bool:
        """Whether anything of it was filled in."""
        return any(str(self[name].value() or "").strip() for name in OfficerForm.base_fields)

    def clean(self) -> dict[str, Any]:
        """Both, where one of them was filled in; the union is one there is."""
        data: dict[str, Any] = super().clean() or {}
        if not self.names_somebody:
            return data
        if not data.get("officer", "").strip() and "officer" not in self.errors:
            self.add_error("officer", _("Write who it is, a name or a post."))
        self.works_at = find_chosen(
            list_unions(), data.get("officer_union", ""), ticked=data.get("officer_chosen", "")
        )
        if self.works_at is None and "officer_union" not in self.errors:
            self.add_error("officer_union", _("Choose one of the unions below."))
        return data

    def about(self) -> AboutOfficer | None:
        """Who it is about, if anybody. Only of a valid form."""
        if self.works_at is None:
            return None
        return AboutOfficer(self.works_at, self.cleaned_data["officer"])


class AboutForm(EmployerForm, OfficerForm):
    """Whom a case is about, as far as its service asks: an employer, somebody at a union, or
    both."""

    def __init__(self, *args: Any, item: Item, **options: Any) -> None:
        super().__init__(*args, **options)
        self.item = item
        self.needs_somebody = item.kind == "complaint"
        if not item.about_officers:
            for name in OfficerForm.base_fields:
                del self.fields[name]
        elif self.needs_somebody:
            self.fields["employer"].required = False
            self.fields["employer"].wanted = True  # type: ignore[attr-defined]
        if not self.needs_somebody:
            for name in EmployerForm.base_fields:
                del self.fields[name]

    def empty(self) -> "AboutForm":
        """The same with what was typed, and nothing checked."""
        names = {name: self.add_prefix(name) for name in self.fields}
        typed = {name: str(self.data.get(sent, "")) for name, sent in names.items()}
        return AboutForm(item=self.item, initial=typed, prefix=self.prefix)

    @property
    def names_somebody(self) -> bool:
        """Whether it may be about somebody at a union, and is."""
        return "officer" in self.fields and super().names_somebody

    def clean(self) -> dict[str, Any]:
        """A complaint is about an employer or about somebody at a union."""
        data = super().clean()
        is_silent = not data.get("employer", "").strip() and not self.names_somebody
        if "officer" in self.fields and self.needs_somebody and is_silent:
            problem = _("Say which employer it is about, or who at a union: they never see this.")
            self.add_error("employer", problem)
        return data


class NamedOfficerForm(OfficerForm):
    """The same for an officer who names somebody in a case that is at work."""

    officer = forms.CharField(
        max_length=120,
        min_length=2,
        label=_("Who is it?"),
        help_text=_("The whole name. Whoever is called so at that union, or above it, is meant."),
        error_messages={"required": _("Write who it is, a name or a post.")},
    )

    @property
    def names_somebody(self) -> bool:
        """That is what it is for."""
        return True


class NamedEmployerForm(EmployerForm):
    """The same for an officer who names one in a case that is at work."""

    employer = forms.CharField(
        max_length=120,
        min_length=2,
        label=_("The full name of the employer"),
        help_text=_("As on its business licence. The applicant reads which name was added."),
        error_messages={"required": _("Write its full name, in 2 to 120 characters.")},
    )


class ReachForm(forms.Form):
    """How somebody without an account can be reached, if they want to be."""

    phone = PhoneField(
        required=False,
        label=_("A mobile number for questions"),
        help_text=_("Leave it empty to stay unknown. Then only the receipt leads back to this."),
    )


class NewsForm(ReachForm):
    """The same of whoever gets a receipt: without an account no notice reaches them."""

    may_text = forms.BooleanField(
        required=False,
        label=_("Send me a text message when there is news"),
        help_text=_("It says only that there is news: not of what, and without the receipt."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not sms.can_send():
            del self.fields["may_text"]

    def clean(self) -> dict[str, Any]:
        """A message goes to a number."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("may_text") and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write the number that the message is to go to."))
        return data

    def empty(self) -> "NewsForm":
        """The same with what was typed, and nothing checked."""
        typed = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        return NewsForm(initial=typed, prefix=self.prefix)
