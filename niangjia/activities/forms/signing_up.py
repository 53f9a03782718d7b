"""What one tells when signing up: only what this activity asks."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Run
from niangjia.activities.rules.answers import NAME_MAX, Answers, Brought
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
            self.add_emergency()
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

    def add_emergency(self) -> None:
        """Whom to call."""
        self.fields["emergency_name"] = forms.CharField(
            label=_("In an emergency we call"), max_length=NAME_MAX, required=False
        )
        self.fields["emergency_phone"] = forms.CharField(
            label=_("Their mobile number"),
            max_length=40,
            required=False,
            widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        )
        for name in ("emergency_name", "emergency_phone"):
            self.fields[name].wanted = True  # type: ignore[attr-defined]

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

    def companion_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each companion."""
        names = ("companion_name", "companion_identity")
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
        rows = [
            Brought(
                data[f"companion_name_{place}"], data.get(f"companion_identity_{place}", ""), place
            )
            for place in range(1, self.activity.companions_max + 1)
        ]
        return Answers(
            name=data["name"],
            emergency_name=data.get("emergency_name", ""),
            emergency_phone=data.get("emergency_phone", ""),
            declares_health=data.get("declares_health", False),
            agrees_photos=data.get("agrees_photos", False),
            companions=tuple(row for row in rows if row.name or row.identity_number),
        )


def run_label(run: Run) -> str:
    """A run in a list to choose from."""
    when = date_format(localtime(run.starts_at), "SHORT_DATETIME_FORMAT")
    return f"{run.name} · {when}" if run.name else when
