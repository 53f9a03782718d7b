"""Questions of an activity's own: how an officer writes them, and the fields that ask them. What is
right the service says; its words come back beside the fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, SignUp
from niangjia.activities.rules import questions
from niangjia.activities.rules.answers import NAME_MAX
from niangjia.activities.rules.questions import Question
from niangjia.activities.services.asking import Change

#: So many empty rows stand below those that are there.
MORE = 2
#: Up to so many answers stand below each other; more fold up.
LISTED = 6
NAMES = ("label", "kind", "options", "is_required", "of_each")


class QuestionsForm(forms.Form):
    """A row for each question, and some empty ones; a row without words is no question."""

    def __init__(self, activity: Activity, data: Any = None) -> None:
        super().__init__(data)
        known = questions.read(activity.questions)
        sent = str(data.get("rows", "")) if data is not None else ""
        count = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 3 else 0
        most = questions.QUESTIONS_MAX
        self.count = min(max(count, min(len(known) + MORE, most)), most)
        self.takes_companions = activity.companions_max > 0
        for place in range(1, self.count + 1):
            self.add_row(place, known[place - 1] if place <= len(known) else None)

    def add_row(self, place: int, known: Question | None) -> None:
        """The fields of one question."""
        made: dict[str, forms.Field] = {
            "key": forms.CharField(required=False, widget=forms.HiddenInput),
            "label": forms.CharField(
                label=_("Question %(place)s") % {"place": place},
                required=False,
                max_length=questions.LABEL_MAX,
            ),
            "kind": forms.ChoiceField(
                label=_("How it is answered"), choices=list(questions.KINDS.items())
            ),
            "options": forms.CharField(
                label=_("Answers to choose from"),
                required=False,
                max_length=1000,
                widget=forms.Textarea({"rows": 3}),
                help_text=_("One on each line; only where one chooses from a list."),
            ),
            "is_required": forms.BooleanField(label=_("Must be answered"), required=False),
        }
        if self.takes_companions:
            made["of_each"] = forms.BooleanField(
                label=_("Asked of each companion as well"), required=False
            )
        for name, field in made.items():
            self.fields[f"{name}_{place}"] = field
            if known:
                value = getattr(known, name)
                self.initial[f"{name}_{place}"] = "\n".join(value) if name == "options" else value

    def rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each question."""
        for place in range(1, self.count + 1):
            names = (f"{name}_{place}" for name in ("key", *NAMES))
            yield [self[name] for name in names if name in self.fields]

    def asked(self) -> tuple[list[Question], dict[str, str]]:
        """The questions, and by which names the service's problems stand beside their fields: its
        places count only rows with a question. Only of a valid form."""
        data = self.cleaned_data
        found: list[Question] = []
        names: dict[str, str] = {}
        for place in range(1, self.count + 1):
            names[f"missing_{data[f'key_{place}']}"] = f"label_{place}"
            if not (data[f"label_{place}"] or data[f"options_{place}"].strip()):
                continue
            found.append(
                Question(
                    key=data[f"key_{place}"],
                    label=data[f"label_{place}"],
                    kind=data[f"kind_{place}"],
                    options=tuple(data[f"options_{place}"].splitlines()),
                    is_required=data[f"is_required_{place}"],
                    of_each=data.get(f"of_each_{place}", False),
                )
            )
            names |= {f"{name}_{len(found)}": f"{name}_{place}" for name in NAMES}
        return found, names


def field_for(question: Question, label: str = "") -> forms.Field:
    """The field that asks a question; what must be answered the service says."""
    field = plain_field(question, {"label": label or question.label, "required": False})
    field.wanted = question.is_required  # type: ignore[attr-defined]
    return field


def plain_field(question: Question, shared: dict[str, Any]) -> forms.Field:
    """A field of the question's kind."""
    if question.kind == "number":
        return forms.IntegerField(
            **shared,
            widget=forms.NumberInput({"inputmode": "numeric"}),
            error_messages={"invalid": _("Write a whole number, as in 3.")},
        )
    if question.kind == "yes_no":
        return forms.TypedChoiceField(
            **shared,
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Say yes or no.")},
        )
    if question.kind == "text":
        return forms.CharField(**shared, max_length=questions.TEXT_MAX)
    listed = [(words, words) for words in question.options]
    shared["error_messages"] = {"invalid_choice": _("Choose from the list.")}
    if question.kind == "several":
        return forms.MultipleChoiceField(
            **shared, choices=listed, widget=forms.CheckboxSelectMultiple
        )
    if len(listed) > LISTED:
        return forms.ChoiceField(**shared, choices=[("", _("Choose")), *listed])
    return forms.ChoiceField(**shared, choices=listed, widget=forms.RadioSelect)


def shown(value: Any) -> Any:
    """An answer as its field shows it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def emergency_fields() -> dict[str, forms.Field]:
    """Whom to call."""
    made: dict[str, forms.Field] = {
        "emergency_name": forms.CharField(
            label=_("In an emergency we call"), max_length=NAME_MAX, required=False
        ),
        "emergency_phone": forms.CharField(
            label=_("Their mobile number"),
            max_length=40,
            required=False,
            widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        ),
    }
    for field in made.values():
        field.wanted = True  # type: ignore[attr-defined]
    return made


class ChangeForm(forms.Form):
    """What one can say anew until sign-up closes."""

    def __init__(self, sign_up: SignUp, data: Any = None) -> None:
        super().__init__(data)
        activity, told = sign_up.run.activity, sign_up.told
        self.asked = questions.read(activity.questions)
        self.companions = list(sign_up.companions.order_by("id"))
        if activity.asks_emergency:
            for name, field in emergency_fields().items():
                self.add(name, field, told.get(name, ""))
        more: Mapping[str, Any] = told.get("more", {})
        for question in self.asked:
            self.add(question.field, field_for(question), shown(more.get(question.key)))
        for place, companion in enumerate(self.companions, start=1):
            known: Mapping[str, Any] = companion.told.get("more", {})
            for question in questions.of_each(self.asked):
                field = field_for(question, f"{companion.name} · {question.label}")
                name = f"companion_{question.field}_{place}"
                self.add(name, field, shown(known.get(question.key)))

    def add(self, name: str, field: forms.Field, known: Any) -> None:
        """A field as it was answered."""
        self.fields[name] = field
        self.initial[name] = known

    def change(self) -> Change:
        """What is said now. Only of a valid form."""
        data = self.cleaned_data
        each = questions.of_each(self.asked)
        return Change(
            emergency_name=data.get("emergency_name", ""),
            emergency_phone=data.get("emergency_phone", ""),
            more={question.key: data[question.field] for question in self.asked},
            companions=tuple(
                {question.key: data[f"companion_{question.field}_{place}"] for question in each}
                for place in range(1, len(self.companions) + 1)
            ),
        )
