"""Opening hours as people fill them in, day by day."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from niangjia.places.rules import weeks
from niangjia.places.rules.listing import hours_problem
from niangjia.places.rules.weeks import Line, Week

DAYS = tuple(
    zip(
        range(7),
        (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")),
        strict=True,
    )
)
ENDS = ("from", "pause", "again", "to")
MONTHS = [("", _("all year")), *((n, str(n)) for n in range(1, 13))]
HOLIDAYS = (
    (weeks.LIKE_SUNDAY, _("Like a Sunday")),
    (weeks.SHUT, _("Shut")),
    (weeks.OWN_TIMES, _("Other times")),
)


def time(label: Any) -> forms.TimeField:
    """A time of day. Whether it may be left out the form says as a whole, not each field."""
    field = forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write it as 08:30.")},
    )
    field.wanted = True  # type: ignore[attr-defined]
    return field


def minutes(at: dt.time) -> int:
    return at.hour * 60 + at.minute


def spans(*ends: dt.time | None) -> tuple[tuple[int, int], ...]:
    """From, break from, break to, to: one time or two."""
    first, pause, again, last = ends
    if first is None or last is None:
        return ()
    if pause is None or again is None:
        return (weeks.span(minutes(first), minutes(last)),)
    return (
        weeks.span(minutes(first), minutes(pause)),
        weeks.span(minutes(again), minutes(last)),
    )


class HoursForm(forms.Form):
    """Up to four lines of days with times, a word on public holidays, or around the clock."""

    is_always_open = forms.BooleanField(label=_("Around the clock, every day"), required=False)
    holidays = forms.ChoiceField(
        label=_("On public holidays"), choices=HOLIDAYS, required=False, widget=forms.RadioSelect
    )
    holiday_from = time(_("On holidays from"))
    holiday_to = time(_("On holidays to"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for n in range(weeks.MOST_LINES):
            self.fields[f"days_{n}"] = forms.TypedMultipleChoiceField(
                label=_("Days"),
                choices=DAYS,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            for name, label in (
                ("from", _("From")),
                ("pause", _("break from")),
                ("again", _("to (end of the break)")),
                ("to", _("to")),
            ):
                self.fields[f"{name}_{n}"] = time(label)
            for name, label in (("first", _("from month")), ("last", _("to month"))):
                self.fields[f"{name}_{n}"] = forms.TypedChoiceField(
                    label=label, choices=MONTHS, coerce=int, empty_value=None, required=False
                )

    @classmethod
    def of(cls, week: Week) -> "HoursForm":
        """The form as the hours are now."""
        known: dict[str, Any] = {"is_always_open": week.is_always_open}
        for n, line in enumerate(week.lines):
            known |= line_values(n, line)
        if week.on_holidays is not None:
            known["holidays"] = weeks.OWN_TIMES if week.on_holidays else weeks.SHUT
            for begin, end in week.on_holidays[:1]:
                known |= {"holiday_from": at(begin), "holiday_to": at(end)}
        return cls(initial=known)

    def rows(self) -> Iterator[dict[str, BoundField]]:
        """The fields of each line, for the template."""
        for n in range(weeks.MOST_LINES):
            names = ("days", "from", "pause", "again", "to", "first", "last")
            yield {name.replace("from", "begin"): self[f"{name}_{n}"] for name in names}

    def clean(self) -> dict[str, Any]:
        """The hours in OpenStreetMap's syntax, as `written`; what is wrong beside its line."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        week = self.week(data)
        for n, line in week:
            if bool(data[f"pause_{n}"]) != bool(data[f"again_{n}"]):
                missing = f"again_{n}" if data[f"pause_{n}"] else f"pause_{n}"
                self.add_error(missing, _("Say when the break begins and when it ends."))
            if problem := weeks.line_problem(line):
                self.add_error(f"days_{n}", str(problem))
        lines = [line for _n, line in week]
        if (number := weeks.same_days(lines)) is not None:
            self.add_error(
                f"days_{week[number][0]}", _("These days stand in a line above already.")
            )
        own = data["holidays"] == weeks.OWN_TIMES
        if own and not (data["holiday_from"] and data["holiday_to"]):
            self.add_error("holiday_from", _("Say from when to when."))
        if self.errors:
            return data
        on_holidays = {
            weeks.SHUT: (),
            weeks.OWN_TIMES: spans(data["holiday_from"], None, None, data["holiday_to"]),
        }
        text = weeks.written(
            Week(tuple(lines), on_holidays.get(data["holidays"]), data["is_always_open"])
        )
        if not lines and not data["is_always_open"]:
            self.add_error(None, _("With these hours it would never be open."))
        elif problem := hours_problem(text):
            self.add_error(None, str(problem))
        return {**data, "written": text}

    @staticmethod
    def week(data: dict[str, Any]) -> list[tuple[int, Line]]:
        """The lines that say anything, with their numbers."""
        found = []
        for n in range(weeks.MOST_LINES):
            ends = spans(*(data[f"{name}_{n}"] for name in ENDS))
            first, last = data[f"first_{n}"], data[f"last_{n}"]
            months = (first or last, last or first) if first or last else None
            if any(data[f"{name}_{n}"] for name in ("days", *ENDS)) or months:
                found.append((n, Line(tuple(sorted(data[f"days_{n}"])), ends, months)))
        return found


def at(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)


def line_values(n: int, line: Line) -> dict[str, Any]:
    """A line as the form's initial values."""
    known: dict[str, Any] = {
        f"days_{n}": list(line.days),
        f"from_{n}": at(line.spans[0][0]),
        f"to_{n}": at(line.spans[-1][1]),
    }
    if len(line.spans) > 1:
        known |= {f"pause_{n}": at(line.spans[0][1]), f"again_{n}": at(line.spans[1][0])}
    if line.months:
        known |= {f"first_{n}": line.months[0], f"last_{n}": line.months[1]}
    return known


class WrittenForm(forms.Form):
    """Hours as maps write them, for whoever knows how."""

    written = forms.CharField(
        label=_("In OpenStreetMap's way of writing"),
        max_length=300,
        help_text=_("Such as Mo-Fr 08:30-17:30; Sa 09:00-12:00; PH off"),
    )

    def clean_written(self) -> str:
        text: str = self.cleaned_data["written"]
        if problem := hours_problem(text):
            raise forms.ValidationError(str(problem))
        return text


class ShutForm(forms.Form):
    """Shut, or otherwise open, on some days."""

    first_date = forms.DateField(
        label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last_date = forms.DateField(
        label=_("Until and with"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    begins = time(_("Open from (empty: shut)"))
    ends = time(_("Open to"))
    reason = forms.CharField(
        label=_("Why: people read it"),
        max_length=100,
        error_messages={"required": _("Say why, in up to 100 characters: people read it.")},
    )

    def hours(self) -> str:
        """The hours of these days; "" for shut."""
        begin, end = self.cleaned_data["begins"], self.cleaned_data["ends"]
        return f"{begin:%H:%M}-{end:%H:%M}" if begin and end else ""

    def clean(self) -> dict[str, Any]:
        """Both ends of a time, or none."""
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("begins")) != bool(data.get("ends")):
            self.add_error("ends", _("Say from when to when."))
        return data
