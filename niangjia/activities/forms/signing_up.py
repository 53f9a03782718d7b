"""What one tells when signing up: only what this activity asks."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from niangjia.activities.forms.questions import emergency_fields, field_for
from niangjia.activities.models import Activity, Run
from niangjia.activities.rules import questions
from niangjia.activities.rules.answers import NAME_MAX, Answers, Brought, asks_ages
from niangjia.activities.rules.teams import NAME_MAX as TEAM_NAME_MAX
from niangjia.activities.rules.teams import TeamDraft


class SignUpForm(forms.Form):
    """The fields follow from the activity; companions are rows of which the empty ones do not
    count."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_MAX,
        help_text=_("As the list at the door shall have it."),
        error_messages={"required": _("Say your name, as the list at the door shall have it.")},
    )

    def __init__(
        self,
        activity: Activity,
        runs: list[Run],
        data: Any = None,
        initial: Any = None,
        *,
        as_teammate: bool = False,
    ) -> None:
        super().__init__(data, initial=initial)
        self.activity, self.runs = activity, runs
        self.asked = questions.read(activity.questions)
        if len(runs) > 1:
            self.fields["run"] = forms.ChoiceField(
                label=_("Which one"),
                choices=[(str(run.pk), run_label(run)) for run in runs],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which one you come to.")},
            )
        if activity.takes_teams and not as_teammate:
            self.add_team()
        if activity.asks_emergency:
            self.fields.update(emergency_fields())
        for question in self.asked:
            self.fields[question.field] = field_for(question)
        for place in range(1, activity.companions_max + 1):
            self.add_companion(place)
        if activity.health_words:
            self.fields["declares_health"] = forms.BooleanField(
                required=False, label=_("I have read this, and it is so for all of us.")
            )
        if activity.takes_photos:
            self.fields["agrees_photos"] = forms.BooleanField(
                required=False, label=_("Photos in which I can be seen may be shown on its page.")
            )
        self.order_fields(["run", "team_name", "team_size", "name"])

    def add_team(self) -> None:
        """What the team is called, and how many it will be where seats are counted by person."""
        activity = self.activity
        self.fields["team_name"] = forms.CharField(
            label=_("Name of your team"),
            max_length=TEAM_NAME_MAX,
            error_messages={"required": _("Give your team a name of up to 24 characters.")},
        )
        if not activity.seats_by_team:
            self.fields["team_size"] = forms.IntegerField(
                label=_("How many you will be, with you"),
                initial=activity.team_min,
                help_text=_("From %(least)s to %(most)s. So many seats are kept for you.")
                % {"least": activity.team_min, "most": activity.team_max},
                error_messages={"required": _("Say how many you will be.")},
            )

    def add_companion(self, place: int) -> None:
        """One row for somebody who is brought along."""
        self.fields[f"companion_name_{place}"] = forms.CharField(
            label=_("Companion %(place)s: name") % {"place": place},
            max_length=NAME_MAX,
            required=False,
        )
        if self.activity.asks_identity:
            self.fields[f"companion_identity_{place}"] = forms.CharField(
                label=_("Companion %(place)s: identity number") % {"place": place},
                max_length=18,
                required=False,
                help_text=_("For the insurance alone; shown to whoever takes it out."),
            )
        if asks_ages(self.activity):
            field = forms.IntegerField(
                label=_("Companion %(place)s: age in full years") % {"place": place},
                required=False,
                widget=forms.NumberInput({"inputmode": "numeric"}),
                error_messages={"invalid": _("Write a whole number, as in 3.")},
            )
            field.wanted = True  # type: ignore[attr-defined]
            self.fields[f"companion_age_{place}"] = field
        for question in questions.of_each(self.asked):
            label = _("Companion %(place)s: %(question)s")
            said = {"place": place, "question": question.label}
            self.fields[f"companion_{question.field}_{place}"] = field_for(question, label % said)

    def more_fields(self) -> list[forms.BoundField]:
        """What this activity asks of its own."""
        return [self[question.field] for question in self.asked]

    def companion_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each companion."""
        own = (f"companion_{question.field}" for question in questions.of_each(self.asked))
        names = ("companion_name", "companion_identity", "companion_age", *own)
        return [
            [self[f"{name}_{place}"] for name in names if f"{name}_{place}" in self.fields]
            for place in range(1, self.activity.companions_max + 1)
        ]

    @property
    def run_id(self) -> str:
        """The run that was chosen, or the only one."""
        return self.cleaned_data.get("run") or str(self.runs[0].pk)

    def team(self) -> TeamDraft | None:
        """The team, where teams sign up. Only of a valid form."""
        if "team_name" not in self.fields:
            return None
        return TeamDraft(self.cleaned_data["team_name"], self.cleaned_data.get("team_size"))

    def answers(self) -> Answers:
        """What was told. Only of a valid form."""
        data = self.cleaned_data
        rows = [self.brought(place) for place in range(1, self.activity.companions_max + 1)]
        return Answers(
            name=data["name"],
            emergency_name=data.get("emergency_name", ""),
            emergency_phone=data.get("emergency_phone", ""),
            declares_health=data.get("declares_health", False),
            agrees_photos=data.get("agrees_photos", False),
            companions=tuple(row for row in rows if row),
            more={question.key: data[question.field] for question in self.asked},
        )

    def brought(self, place: int) -> Brought | None:
        """Who stands in a row; None when nothing does."""
        data = self.cleaned_data
        each = questions.of_each(self.asked)
        more = {one.key: data[f"companion_{one.field}_{place}"] for one in each}
        row = Brought(
            data[f"companion_name_{place}"],
            data.get(f"companion_identity_{place}", ""),
            place,
            age=data.get(f"companion_age_{place}"),
            more=more,
        )
        said = (row.name, row.identity_number, row.age, *more.values())
        return row if any(value not in questions.EMPTY for value in said) else None


def run_label(run: Run) -> str:
    """A run in a list to choose from."""
    when = date_format(localtime(run.starts_at), "SHORT_DATETIME_FORMAT")
    return f"{run.name} · {when}" if run.name else when
