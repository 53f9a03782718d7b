"""What a line says itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.hotline.models import Category, Grade, Topic


class ArticleForm(forms.Form):
    """An article as agents read it out."""

    use_required_attribute = False

    title = forms.CharField(
        max_length=80, label=_("Title"), error_messages={"required": _("Give it a title.")}
    )
    body = forms.CharField(
        max_length=6000,
        label=_("What to tell the caller"),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write what to tell the caller.")},
    )
    basis = forms.CharField(required=False, max_length=400, label=_("On what it rests"))
    as_of_date = forms.DateField(
        label=_("Checked against the law on"),
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Write the day like 2026-11-22."),
            "invalid": _("Write the day like 2026-11-22."),
        },
    )
    topics = forms.MultipleChoiceField(
        required=False, label=_("Shown with"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, offered: Sequence[Topic], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["topics"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(topic.key, topic.name) for topic in offered]


class TopicForm(forms.Form):
    """A topic of the line's own."""

    use_required_attribute = False

    category = forms.ChoiceField(choices=Category.choices, label=_("Class"))
    name = forms.CharField(
        max_length=60, label=_("Name"), error_messages={"required": _("Give it a name.")}
    )
    keywords = forms.CharField(
        required=False,
        max_length=400,
        label=_("Words of callers"),
        help_text=_("With spaces between them."),
    )
    item_key = forms.ChoiceField(required=False, label=_("A case of it is"))
    grade = forms.ChoiceField(choices=Grade.choices, label=_("How hard it is"))
    about_officer = forms.BooleanField(
        required=False,
        label=_("It is about somebody who works at a union"),
        help_text=_("The page then asks at once who it is, so that they never see it."),
    )

    def __init__(self, items: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["item_key"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("None: it is only answered")), *items]

    def values(self) -> dict[str, Any]:
        """What the service takes. Only of a valid form."""
        return {**self.cleaned_data, "keywords": self.cleaned_data["keywords"].split()}
