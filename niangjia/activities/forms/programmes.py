"""What officers write on a page of a programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import ProgrammePage
from niangjia.activities.rules import programmes
from niangjia.activities.rules.programmes import PageDraft
from niangjia.core import gathering
from niangjia.organisations.models import Union


class PageForm(forms.Form):
    """The words of a page."""

    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=120,
        error_messages={
            "required": _("Say in one sentence, up to 120 characters, what people find here.")
        },
    )
    text = forms.CharField(
        label=_("What people find here"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
    )
    phone = forms.CharField(label=_("Telephone for questions"), required=False, max_length=30)

    def draft(self) -> PageDraft:
        """The words. Only of a valid form."""
        return PageDraft(**{name: self.cleaned_data[name] for name in PageForm.base_fields})

    @classmethod
    def of(cls, page: ProgrammePage) -> "PageForm":
        """The form as the page is now."""
        return cls(initial={name: getattr(page, name) for name in cls.base_fields})


class NewPageForm(PageForm):
    """A page that a union begins."""

    programme = forms.ChoiceField(label=_("Programme"), choices=programmes.CHOICES)
    field_order = ("programme", "summary", "text", "phone")


class ThingForm(forms.Form):
    """Something of another room, by kind and key."""

    thing = forms.ChoiceField(
        label=_("What belongs on it"),
        error_messages={"invalid_choice": _("Choose something that there is.")},
    )
    words = forms.CharField(
        label=_("Why it stands here"), required=False, max_length=programmes.WORDS_MAX
    )

    def __init__(self, union: Union, data: Any = None) -> None:
        super().__init__(data)
        self.fields["thing"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *(
                (
                    source.label,
                    [(f"{kind}:{each.key}", each.title) for each in source.listed(union)],
                )
                for kind, source in gathering.sources.items()
            ),
        ]

    def named(self) -> dict[str, str]:
        """Kind, key and words. Only of a valid form."""
        kind, _colon, key = self.cleaned_data["thing"].partition(":")
        return {"kind": kind, "key": key, "words": self.cleaned_data["words"]}
