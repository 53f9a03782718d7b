"""The joining form: the fields of the membership sheet (会员登记表)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.core.errors import Invalid, NotFound
from niangjia.members.forms.joining.choices import (
    attributes,
    ethnic_groups,
    optional,
    worker_kinds,
)
from niangjia.members.models import (
    DocumentType,
    Education,
    EmploymentStatus,
    Gender,
    Person,
    Purpose,
    SkillLevel,
)
from niangjia.members.rules import identity
from niangjia.members.rules.applications import Answers
from niangjia.organisations.models import Union
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division

IDENTITY = ("name", "document_type", "identity_number", "birth_date", "gender")
WORK = ("worker_kind", "employment_status", "employer_name", "job")
MORE = ("ethnicity", "education", "skill_level", "residence", "from_elsewhere", "statement")
CONSENTS = tuple(purpose for purpose in Purpose if purpose != Purpose.MEMBERSHIP)


class JoinForm(forms.Form):
    """Checks what can be seen from the form alone; the service checks the rest.

    With `person` (the account has said who it is) the identity is not asked for again. A visitor
    fills in everything but consents and the declaration: those need somebody who gives them.
    """

    #: Which showing of the form this is: what it saved a moment ago is never another window's.
    window = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("As on your document, with the dot if there is one."),
        widget=forms.TextInput(attrs=attributes(autocomplete="name")),
    )
    document_type = forms.ChoiceField(label=_("Document"), choices=DocumentType)
    identity_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        help_text=_("Kept encrypted. Your birth date and gender are read from it."),
        widget=forms.TextInput(attrs=attributes(autocomplete="off", autocapitalize="characters")),
    )
    birth_date = forms.DateField(
        label=_("Birth date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=optional(Gender))
    worker_kind = forms.ChoiceField(label=_("How you come to this union"), required=False)
    employment_status = forms.ChoiceField(
        label=_("Your work at the moment"), choices=EmploymentStatus, widget=forms.RadioSelect
    )
    employer_name = forms.CharField(
        label=_("Employer or platform"),
        error_messages={"required": _("Enter the name of your employer.")},
        max_length=120,
        help_text=_("As on your contract or pay slip. It need not have a union."),
        widget=forms.TextInput(attrs=attributes(autocomplete="organization")),
    )
    job = forms.CharField(
        label=_("What you do"),
        max_length=60,
        widget=forms.TextInput(attrs=attributes(autocomplete="organization-title")),
    )
    ethnicity = forms.ChoiceField(label=_("Ethnic group"), required=False, choices=ethnic_groups)
    education = forms.ChoiceField(label=_("Schooling"), required=False, choices=optional(Education))
    skill_level = forms.ChoiceField(
        label=_("Skill level"), required=False, choices=optional(SkillLevel)
    )
    residence = forms.CharField(
        label=_("Where you live now"),
        required=False,
        max_length=120,
        help_text=_("Down to the county or district is enough."),
    )
    from_elsewhere = forms.ChoiceField(
        label=_("Did you come from another province to work?"),
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    statement = forms.CharField(
        label=_("Anything you want to tell the union"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agrees = forms.BooleanField(
        label=_(
            "I apply of my own free will, accept the constitution of the Chinese trade unions, "
            "and what I wrote is true."
        ),
        error_messages={"required": _("Please confirm that you apply of your own free will.")},
    )
    consent_membership = forms.BooleanField(required=False, label=_("I agree (needed for joining)"))

    def __init__(
        self,
        *arguments: Any,
        union: Union,
        person: Person | None = None,
        is_visitor: bool = False,
        **keywords: Any,
    ) -> None:
        super().__init__(*arguments, **keywords)
        self.union, self.person, self.is_visitor = union, person, is_visitor
        if person is not None:
            for name in IDENTITY:
                del self.fields[name]
        kinds = worker_kinds(union)
        if len(kinds) == 1 and kinds[0][0] == "":
            del self.fields["worker_kind"]
        else:
            field = self.fields["worker_kind"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows for the type checker
            field.choices, field.required = kinds, "" not in dict(kinds)
        status = self["employment_status"].value()
        self.fields["employer_name"].required = status == EmploymentStatus.EMPLOYED
        if is_visitor:
            del self.fields["agrees"], self.fields["consent_membership"]
        for purpose in () if is_visitor else CONSENTS:
            self.fields[f"consent_{purpose}"] = forms.BooleanField(
                required=False, label=_("I agree (optional)")
            )

    def clean_residence(self) -> Division | None:
        """The division that the address lies in, when one was typed."""
        text: str = self.cleaned_data["residence"].strip()
        if not text:
            return None
        try:
            return regions.access_by_address(text)
        except NotFound:
            raise forms.ValidationError(
                _("We do not know this place. Try province, city and county, or leave it empty.")
            ) from None
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal.message)) from None

    def clean(self) -> dict[str, Any]:
        """A document's number must add up: said here, together with everything else."""
        if self.person is None:
            self._check_identity()
        return self.cleaned_data

    def _check_identity(self) -> None:
        given = {name: self.cleaned_data.get(name) for name in IDENTITY}
        try:
            identity.check(given, today=clock.today())
        except Invalid as refusal:
            for name, message in refusal.fields.items():
                if name not in self.errors:
                    self.add_error(name, str(message))

    def identity(self) -> dict[str, Any]:
        """What `services.apply_to_join` takes as identity: the document and the description."""
        cleaned = self.cleaned_data
        elsewhere = {"yes": True, "no": False}.get(cleaned["from_elsewhere"])
        given = {name: cleaned[name] for name in IDENTITY if name in self.fields}
        described = {
            "ethnicity": cleaned["ethnicity"],
            "education": cleaned["education"],
            "skill_level": cleaned["skill_level"],
            "residence": cleaned["residence"],
            "from_elsewhere": elsewhere,
        }
        if self.person is None:
            return given | described
        return {name: value for name, value in described.items() if value not in ("", None)}

    def answers(self) -> Answers:
        """What the application itself says."""
        cleaned = self.cleaned_data
        return Answers(
            worker_kind=cleaned.get("worker_kind", ""),
            employment_status=cleaned["employment_status"],
            employer_name=cleaned["employer_name"],
            job=cleaned["job"],
            statement=cleaned["statement"],
        )

    def consents(self) -> set[Purpose]:
        """The purposes that were ticked."""
        return {purpose for purpose in Purpose if self.cleaned_data.get(f"consent_{purpose}")}

    def typed(self) -> dict[str, str]:
        """What has been typed so far, unchecked, for the draft. Consents are never kept: they are
        given with the press of the button or not at all."""
        return {
            name: str(self.data[name])
            for name in self.fields
            if not name.startswith("consent_") and name != "agrees" and self.data.get(name)
        }
