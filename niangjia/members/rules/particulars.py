"""会籍变更: the particulars a union may put right, what a correction changes, in words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Education, MembershipChange, SkillLevel, Workplace
from niangjia.members.rules import identity, names

LABELS: dict[str, Promise] = {
    "name": _("Name"),
    "employer_name": _("Employer"),
    "job": _("Job"),
    "workplace": _("Where they work"),
    "admitted_date": _("Member since"),
    "education": _("Education"),
    "skill_level": _("Skill level"),
}
CHOICES: dict[str, type[Education] | type[SkillLevel] | type[Workplace]] = {
    "education": Education,
    "skill_level": SkillLevel,
    "workplace": Workplace,
}
#: Which of them stand on the person, not on the membership.
OF_THE_PERSON = frozenset({"name", "education", "skill_level"})

#: Field → what stood there, and what stands there now; dates in ISO 8601, choices by their code.
Differences = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Difference:
    """One particular in words, before and after; "" where nothing stood or stands."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """One step of a membership's history, with what it changed in the particulars."""

    change: MembershipChange
    differences: list[Difference]


def cleaned(
    given: Mapping[str, Any], *, is_verified: bool, birth_date: dt.date | None, today: dt.date
) -> dict[str, Any]:
    """`given`, any of `LABELS`, as it may be written.

    A name that the real-name check has confirmed is the member's to change, with the new document.
    Raises `Invalid` naming every wrong field.
    """
    wrong: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for field, value in given.items():
        try:
            values[field] = _cleaned(field, value, is_verified, birth_date, today)
        except Invalid as refusal:
            wrong[field] = refusal.message
    if wrong:
        raise Invalid(_("Some answers need another look."), code="wrong-particulars", fields=wrong)
    return values


def check_admitted_date(day: dt.date, *, birth_date: dt.date | None, today: dt.date) -> None:
    """Raise `Invalid` on "admitted_date" for a day to come, or before the sixteenth birthday."""
    if day > today:
        problem = _("Nobody was admitted on a day that is yet to come.")
        raise Invalid(problem, code="admitted-later", fields={"admitted_date": problem})
    if birth_date and identity.age_on(birth_date, day) < identity.MINIMUM_AGE_YEARS:
        problem = _("They were not 16 yet on this day. Please look at the register again.")
        raise Invalid(problem, code="admitted-too-young", fields={"admitted_date": problem})


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Differences:
    """What `after` changes. Raises `Conflict` "nothing-changed" when it changes nothing."""
    changed = {
        field: {"before": _as_text(before[field]), "after": _as_text(value)}
        for field, value in after.items()
        if _as_text(before[field]) != _as_text(value)
    }
    if not changed:
        raise Conflict(_("Nothing is different from what stands there."), code="nothing-changed")
    return changed


def in_words(changed: Differences) -> list[Difference]:
    """`changed` for people, in the order of the register."""
    return [
        Difference(
            label=str(LABELS[field]),
            before=_spoken(field, changed[field]["before"]),
            after=_spoken(field, changed[field]["after"]),
        )
        for field in LABELS
        if field in changed
    ]


def labels(fields: Iterable[str]) -> str:
    """The names of some particulars, as one reads them in a sentence."""
    wanted = set(fields)
    return str(_(", ")).join(str(LABELS[field]) for field in LABELS if field in wanted)


def history(changes: Iterable[MembershipChange]) -> list[HistoryLine]:
    """The steps of a membership with what each put right."""
    return [HistoryLine(change, in_words(change.particulars)) for change in changes]


def _cleaned(
    field: str, value: Any, is_verified: bool, birth_date: dt.date | None, today: dt.date
) -> Any:
    match field:
        case "name":
            if is_verified:
                raise Invalid(
                    _(
                        "The real-name check has confirmed this name. Only the member changes "
                        "it, with the new document."
                    )
                )
            return names.normalised(value)
        case "admitted_date":
            check_admitted_date(value, birth_date=birth_date, today=today)
            return value
        case "education" | "skill_level" | "workplace":
            if value and value not in CHOICES[field].values:
                raise Invalid(_("Choose one."))
            return value
        case _:
            return value.strip()


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _spoken(field: str, text: str) -> str:
    known = CHOICES.get(field)
    return str(known(text).label) if known and text in known.values else text
