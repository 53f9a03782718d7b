"""Rounds as officers plan them, and what an inspector notes on the spot."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.errors import Text
from niangjia.core.files.fields import camera_field
from niangjia.organisations.models import Union
from niangjia.organisations.rules.positions import BadPosition, Position, parse_position
from niangjia.places.forms.finding import BAD_POSITION
from niangjia.places.forms.keeping import ItemsForm, day
from niangjia.places.models import Found, Inspection, Place
from niangjia.places.rules import checklists
from niangjia.places.rules.checklists import Item
from niangjia.places.selectors import rounds as selectors
from niangjia.places.selectors.rounds import Wanted
from niangjia.places.services.inspecting import LONGEST_REASON, LONGEST_WORDS, Notes
from niangjia.places.services.planning import LONGEST_NAME, Tour
from niangjia.places.services.planning import LONGEST_REASON as LONGEST_CALL_OFF

SEVERAL = forms.CheckboxSelectMultiple
ANSWERS = (
    ("ok", _("All right")),
    ("bad", _("Not all right")),
    ("danger", _("Dangerous")),
    ("na", _("Not here")),
)


class WantedForm(forms.Form):
    """Which places a round is for."""

    words = forms.CharField(
        label=_("Street, town or name"),
        max_length=60,
        required=False,
        help_text=_("Such as 稠城街道."),
    )
    days = forms.IntegerField(
        label=_("Not inspected for so many days"), min_value=0, max_value=3_650, required=False
    )
    complaints = forms.IntegerField(
        label=_("At least so many complaints in 30 days"),
        min_value=0,
        max_value=1_000,
        required=False,
    )
    stars = forms.IntegerField(
        label=_("So many stars at most"), min_value=0, max_value=5, required=False
    )

    def wanted(self) -> Wanted:
        """What was asked for, as far as it can be read."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return Wanted(
            words=(data.get("words") or "").replace("\0", ""),
            days=data.get("days") or 0,
            complaints=data.get("complaints") or 0,
            stars=data.get("stars") or 0,
        )


class InspectorsForm(forms.Form):
    """On which day, and who goes."""

    date = day(_("On which day"))
    inspectors = forms.MultipleChoiceField(label=_("Who goes"), widget=SEVERAL, required=False)

    def __init__(self, *args: Any, union: Union, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["date"].required = True
        self.fields["inspectors"].wanted = True  # type: ignore[attr-defined]
        self.fields["inspectors"].choices = [  # type: ignore[attr-defined]
            (str(each.account_id), each.holder or each.get_role_display())  # type: ignore[attr-defined]
            for each in selectors.list_able(union)
        ]

    def account_ids(self) -> list[uuid.UUID]:
        """Who was chosen."""
        found = map(ids.parse_uuid, self.cleaned_data["inspectors"])
        return [each for each in found if each]


#: What the way may begin at, by its key: what it is called, and where it is.
Starts = dict[str, tuple[Text, Position]]


def starts_of(union: Union, candidates: list[Place]) -> Starts:
    """The union's office, where its point is known, and the places that are shown."""
    found: Starts = {}
    if union.longitude is not None and union.latitude is not None:
        office = _("The office of %(name)s") % {"name": union.name}
        found["office"] = (office, Position(union.longitude, union.latitude))
    for each in candidates:
        found[each.code] = (each.name, Position(each.longitude, each.latitude))
    return found


class RoundForm(InspectorsForm):
    """A round, with the places that were ticked."""

    name = forms.CharField(label=_("What the round is called"), max_length=LONGEST_NAME)
    begins = forms.ChoiceField(label=_("At the office or at a place"), required=False)
    start = forms.CharField(
        label=_("Or at a point of the map"),
        max_length=60,
        required=False,
        help_text=_("Latitude and longitude, WGS-84: they follow the point below."),
    )
    drives = forms.BooleanField(label=_("By car"), required=False)
    places = forms.MultipleChoiceField(label=_("Places"), widget=SEVERAL, required=False)

    field_order = ["name", "date", "inspectors", "drives", "begins", "start", "places"]

    def __init__(self, *args: Any, union: Union, candidates: list[Place], **more: Any) -> None:
        super().__init__(*args, union=union, **more)
        self.candidates = {each.code: each for each in candidates}
        self.starts = starts_of(union, candidates)
        self.fields["begins"].choices = [  # type: ignore[attr-defined]
            ("", _("Wherever it is shortest")),
            *((key, name) for key, (name, _point) in self.starts.items()),
        ]
        self.fields["places"].choices = [(code, code) for code in self.candidates]  # type: ignore[attr-defined]

    def clean_start(self) -> Any:
        """A point, or nothing."""
        text = self.cleaned_data["start"].strip()
        if not text:
            return None
        try:
            return parse_position(text)
        except BadPosition as bad:
            raise forms.ValidationError(str(BAD_POSITION[bad.reason])) from bad

    def rows(self) -> list[dict[str, Any]]:
        """The places to tick, for the template."""
        ticked = self["places"].value() or []
        return [
            {"place": place, "is_ticked": code in ticked} for code, place in self.candidates.items()
        ]

    def tour(self) -> Tour:
        """The round as it is planned."""
        data = self.cleaned_data
        return Tour(
            name=data["name"],
            date=data["date"],
            account_ids=self.account_ids(),
            start=data["start"] or self.begins_at(),
            drives=data["drives"],
        )

    def begins_at(self) -> Position | None:
        """The point of the office or of the place that was chosen."""
        found = self.starts.get(self.cleaned_data["begins"])
        return found[1] if found else None

    def chosen(self) -> list[Place]:
        """The places that were ticked."""
        return [self.candidates[code] for code in self.cleaned_data["places"]]


class CallOffForm(forms.Form):
    """Why nobody goes."""

    reason = forms.CharField(
        label=_("Why it is called off"),
        max_length=LONGEST_CALL_OFF,
        error_messages={"required": _("Say why, in up to 200 characters.")},
    )


class InspectionForm(ItemsForm):
    """What was found: at the door, then item by item, with words and a photo of each."""

    door = forms.ChoiceField(
        label=_("How you found it"),
        choices=Found.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    plate = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    no_plate_reason = forms.CharField(
        label=_("Why the plate could not be scanned"), max_length=LONGEST_REASON, required=False
    )
    words = forms.CharField(
        label=_("What else you saw"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, items: list[Item], **more: Any) -> None:
        super().__init__(*args, items=items, answers=ANSWERS, **more)
        for item in items:
            self.fields[item.key].wanted = True  # type: ignore[attr-defined]
            self.fields[f"{item.key}_photo"] = camera_field(_("Photo"))
        self.fields["door"].wanted = True  # type: ignore[attr-defined]

    @classmethod
    def of(cls, inspection: Inspection, items: list[Item], plate: str = "") -> "InspectionForm":
        """With what was noted before."""
        initial: dict[str, Any] = {
            "door": inspection.found,
            "words": inspection.words,
            "no_plate_reason": inspection.no_plate_reason,
            "plate": plate,
        }
        for key, (answer, words) in inspection.answers.items():
            initial |= {key: answer, f"{key}_words": words}
        return cls(items=items, initial=initial)

    def forget_refused_plate(self) -> None:
        """One that hangs elsewhere or is dead is scanned anew, or one says why it could not be."""
        if "no_plate_reason" in self.errors:
            self.data = {**self.data, "plate": ""}

    def notes(self) -> Notes:
        """As the services take it, also where some of it was refused."""
        data = self.cleaned_data
        return Notes(
            found=data.get("door", ""),
            answers=self.answers(),
            item_words=self.words_of_items(),
            words=data.get("words", ""),
            plate=data.get("plate", ""),
            no_plate_reason=data.get("no_plate_reason", ""),
        )

    def with_photos(self, kept: dict[str, list[str]]) -> list[dict[str, Any]]:
        """Each item's fields and the photos that were kept, for the template."""
        return [
            {
                "answer": self[item.key],
                "words": self[f"{item.key}_words"],
                "photo": self[f"{item.key}_photo"],
                "photos": kept.get(item.key, []),
                "is_noted": bool(self[f"{item.key}_words"].value() or kept.get(item.key))
                or self[item.key].value() in checklists.WRONG
                or bool(self[f"{item.key}_photo"].errors),
            }
            for item in self.items
        ]

    def photos(self) -> list[tuple[str, Any]]:
        """The pictures that came, by the item they are of."""
        sent = [(item.key, self.cleaned_data.get(f"{item.key}_photo")) for item in self.items]
        return [(key, photo) for key, photo in sent if photo]


class MendingForm(forms.Form):
    """What was done about it."""

    words = forms.CharField(
        label=_("What you did about it"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say it in a few words, up to 300 characters.")},
    )
    photo = camera_field(_("Photo of it now"))


class ReviewForm(forms.Form):
    """Whether it is all right now."""

    words = forms.CharField(
        label=_("What you saw"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when it is not all right."),
    )


class MoreTimeForm(forms.Form):
    """How much longer, and why."""

    days = forms.IntegerField(label=_("So many working days more"), min_value=1, max_value=10)
    words = forms.CharField(
        label=_("Why it takes longer"),
        max_length=300,
        error_messages={"required": _("Say it in a few words, up to 300 characters.")},
    )


class ReopeningForm(forms.Form):
    """What is wrong again."""

    words = forms.CharField(
        label=_("What is wrong again"),
        max_length=300,
        error_messages={"required": _("Say it in a few words, up to 300 characters.")},
    )
