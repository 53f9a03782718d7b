"""What officers write about an activity. What is allowed in a field is checked by the service,
whose messages come back beside the fields."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Kind, Session
from niangjia.activities.rules import programmes
from niangjia.activities.rules.plans import Meeting, Plan
from niangjia.activities.rules.shifting import Shift, Where
from niangjia.allocation.models import ClaimantKind, Mode
from niangjia.core.form_fields import MomentField
from niangjia.organisations.models import Union

MODES = [(mode.value, mode.label) for mode in (Mode.FIRST_COME, Mode.DRAW, Mode.APPROVAL)]
#: The fields that say where one meets.
WHERE = ("place", "address", "longitude", "latitude", "link")


#: A place of which the name is enough; the names that the browser offers stand on the page.
VENUES = {"list": "venues", "autocomplete": "off"}
VENUE_HELP = _(
    "As people call it. Of a place that unions keep, its name or the code on its plate is enough: "
    "the address and the point follow."
)


class MeetingForm(forms.Form):
    """When and where one meets."""

    starts_at = MomentField(
        label=_("Begins"), error_messages={"required": _("Say when it begins.")}
    )
    ends_at = MomentField(label=_("Ends"), error_messages={"required": _("Say when it ends.")})
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=60,
        help_text=VENUE_HELP,
        widget=forms.TextInput(VENUES),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=120)
    longitude = forms.FloatField(
        label=_("Longitude"), required=False, help_text=_("Degrees, as in 120.0751 (WGS-84).")
    )
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, help_text=_("Degrees, as in 29.3069.")
    )
    link = forms.URLField(
        label=_("Link, if it is online"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Only whoever has a seat sees it."),
    )

    def meeting(self, name: str = "") -> Meeting:
        """The session. Only of a valid form."""
        data = self.cleaned_data
        values = {field: data[field] for field in MeetingForm.base_fields}
        return Meeting(name=name, **values)

    @classmethod
    def of(cls, session: Session) -> "MeetingForm":
        """The form as the session is now."""
        known = {field: getattr(session, field) for field in cls.base_fields}
        return cls(initial=known)


class SessionForm(MeetingForm):
    """Another session of a run: the next evening."""

    name = forms.CharField(label=_("Topic of the session"), required=False, max_length=40)

    @classmethod
    def after(cls, session: Session) -> "SessionForm":
        """The form as most series go on: where one met last."""
        known = {name: getattr(session, name) for name in WHERE}
        return cls(initial=known)


class RunForm(MeetingForm):
    """Another go, with seats of its own."""

    name = forms.CharField(
        label=_("What this one is called"),
        required=False,
        max_length=40,
        help_text=_("As in: afternoon, second group."),
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100_000)


class MoreRunForm(RunForm):
    """Another go of what is published."""

    closes_at = MomentField(
        label=_("Sign-up for this one closes"),
        required=False,
        help_text=_("Empty: as for the others, or when it begins."),
    )


class SessionsForm(forms.Form):
    """What changes about several dates; what is left empty stays as it is."""

    sessions = forms.MultipleChoiceField(
        label=_("Which dates"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the dates that change.")},
    )
    days = forms.IntegerField(
        label=_("So many days later"),
        required=False,
        help_text=_("As in 7 for a week; below 0 for earlier. Empty: on the same days."),
    )
    begins = forms.TimeField(
        label=_("From what time"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until what time"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    place = forms.CharField(
        label=_("Another place"),
        required=False,
        max_length=60,
        help_text=_("With it the address and the point are written anew, and the link, if any."),
        widget=forms.TextInput(VENUES),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=120)
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    link = forms.URLField(
        label=_("Link, if it is online"), required=False, max_length=300, assume_scheme="https"
    )

    def __init__(self, sessions: Sequence[Session], data: Any = None) -> None:
        super().__init__(data)
        self.fields["sessions"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), session_label(each)) for each in sessions
        ]

    def shift(self) -> Shift:
        """What becomes of them. Only of a valid form."""
        data = self.cleaned_data
        where = Where(**{name: data[name] for name in WHERE})
        is_elsewhere = any(data[name] not in ("", None) for name in WHERE)
        return Shift(
            days=data["days"] or 0,
            begins=data["begins"],
            ends=data["ends"],
            where=where if is_elsewhere else None,
        )


def session_label(session: Session) -> str:
    """A session in a list to choose from."""
    when = date_format(localtime(session.starts_at), "DATETIME_FORMAT")
    return " · ".join(filter(None, (when, session.name, session.place or session.link)))


class PlanForm(forms.Form):
    """What, for whom, how one signs up."""

    name = forms.CharField(
        label=_("Name of the activity"),
        max_length=60,
        error_messages={"required": _("Give it a name.")},
    )
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=120,
        error_messages={"required": _("Say in one sentence what awaits people.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    programme = forms.ChoiceField(
        label=_("Programme"), required=False, choices=[("", _("None")), *programmes.CHOICES]
    )
    text = forms.CharField(
        label=_("What awaits people"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
    )
    phone = forms.CharField(label=_("Telephone for questions"), required=False, max_length=30)
    seen_by = forms.ChoiceField(label=_("Who finds it"), required=False)
    open_to = forms.ChoiceField(label=_("Who can sign up"), required=False)
    worker_kinds = forms.MultipleChoiceField(
        label=_("Only these kinds of worker"),
        required=False,
        choices=ClaimantKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_real_name = forms.BooleanField(label=_("Only with a checked name"), required=False)
    member_days = forms.IntegerField(
        label=_("Only members since so many days"), required=False, min_value=0, initial=0
    )
    age_min = forms.IntegerField(
        label=_("From age"),
        required=False,
        min_value=0,
        max_value=120,
        help_text=_("Of everybody who comes, companions as well."),
    )
    age_max = forms.IntegerField(label=_("To age"), required=False, min_value=0, max_value=120)
    mode = forms.ChoiceField(label=_("How seats are given"), choices=MODES)
    opens_at = MomentField(label=_("Sign-up opens"), required=False)
    closes_at = MomentField(label=_("Sign-up closes"), required=False)
    has_waiting_list = forms.BooleanField(label=_("With a waiting list"), required=False)
    confirm_hours = forms.IntegerField(
        label=_("Seats by draw or approval: hours to confirm"),
        required=False,
        min_value=0,
        initial=0,
        help_text=_("Whoever does not confirm in time loses the seat to the next. 0: not asked."),
    )
    companions_max = forms.IntegerField(
        label=_("How many one can bring along"), min_value=0, max_value=9, initial=0
    )
    team_min = forms.IntegerField(
        label=_("Teams: from so many people"),
        required=False,
        help_text=_("Empty: everybody signs up by themselves, with companions if you allow it."),
    )
    team_max = forms.IntegerField(label=_("Teams: up to so many people"), required=False)
    seats_by_team = forms.BooleanField(
        label=_("A team takes one seat, however many they are"), required=False
    )
    team_wait_hours = forms.IntegerField(
        label=_("Wait so many hours for teams that are too small"),
        required=False,
        min_value=0,
        initial=0,
        help_text=_("After sign-up has closed. 0: they are out at once."),
    )
    asks_emergency = forms.BooleanField(label=_("Ask whom to call"), required=False)
    asks_identity = forms.BooleanField(
        label=_("Ask for companions' identity numbers"),
        required=False,
        help_text=_("Only where an insurance is taken out for them: with a checked name alone."),
    )
    health_words = forms.CharField(
        label=_("What people declare about their health"),
        required=False,
        max_length=300,
        help_text=_("As in: I can walk 5 km and have no heart disease. Empty: nothing is asked."),
    )
    takes_photos = forms.BooleanField(
        label=_("Photos are shown on its page"),
        required=False,
        help_text=_("Whoever signs up is asked whether they may be seen."),
    )
    fee = forms.DecimalField(
        label=_("Costs, in yuan for each person"),
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        initial=0,
        help_text=_("Paid on the spot; 0 for nothing."),
    )

    def __init__(
        self, choices: Sequence[Union], data: Any = None, initial: Any = None, **options: Any
    ) -> None:
        super().__init__(data, initial=initial, **options)
        self.unions = {union.number: union for union in choices}
        named = [(union.number, union.name) for union in choices]
        for name in ("seen_by", "open_to"):
            self.fields[name].choices = [("", _("Everybody")), *named]  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """The plan. Only of a valid form."""
        data = dict(self.cleaned_data)
        fee = data.pop("fee")
        for name in ("seen_by", "open_to"):
            data[name] = self.unions.get(data[name])
        data["worker_kinds"] = tuple(data["worker_kinds"])
        for name in ("team_wait_hours", "member_days", "confirm_hours"):
            data[name] = data[name] or 0
        kept = {name: value for name, value in data.items() if name in Plan.__dataclass_fields__}
        return Plan(**kept, fee_fen=int(fee * 100))


class NewForm(PlanForm, RunForm):
    """A new activity: the plan, the first session, the seats."""

    field_order = list(PlanForm.base_fields)


def initial_of(activity: Activity) -> dict[str, Any]:
    """What the form begins with."""
    known = {
        name: getattr(activity, name) for name in PlanForm.base_fields if hasattr(activity, name)
    }
    for name in ("opens_at", "closes_at"):
        known[name] = localtime(known[name]) if known[name] else None
    for name in ("seen_by", "open_to"):
        known[name] = known[name].number if known[name] else ""
    return {**known, "fee": Decimal(activity.fee_fen) / 100}


class ReasonForm(forms.Form):
    """Why it is called off."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Everybody who signed up reads it."),
        error_messages={"required": _("Say why, in up to 300 characters.")},
        widget=forms.Textarea({"rows": 2}),
    )


class MessageForm(forms.Form):
    """A word to everybody."""

    words = forms.CharField(
        label=_("Message to everybody who comes or waits"),
        max_length=300,
        error_messages={"required": _("Write up to 300 characters.")},
        widget=forms.Textarea({"rows": 2}),
    )


class SeatsForm(forms.Form):
    """More seats, or fewer."""

    count = forms.IntegerField(
        label=_("So many more seats"),
        help_text=_("Below 0 for fewer; those that somebody has stay."),
        error_messages={"required": _("Say how many.")},
    )


class ClosingForm(forms.Form):
    """Sign-up for longer."""

    closes_at = MomentField(label=_("Sign-up closes"))
