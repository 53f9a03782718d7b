"""What one tells a union when signing up, and what is wrong with it: pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from niangjia.activities.models import Activity
from niangjia.activities.rules import questions
from niangjia.allocation.rules.standing import full_years
from niangjia.core.errors import Invalid
from niangjia.members.rules import phones

NAME_MAX = 40
AGE_MAX = 130


@dataclass(frozen=True)
class Brought:
    """Somebody whom one brings along. `row`: where a form has them, if it left rows out. `more` are
    answers to the activity's own questions, by their keys; `age` is in years."""

    name: str
    identity_number: str = ""
    row: int = 0
    age: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def kept(self, activity: Activity) -> dict[str, Any]:
        """What of it is kept besides the name and the number: no more than this activity asks."""
        asked = questions.of_each(questions.read(activity.questions))
        more = questions.kept(asked, self.more)
        age = {"age": self.age} if asks_ages(activity) else {}
        return age | ({"more": more} if more else {})


@dataclass(frozen=True)
class Answers:
    """What somebody says of themselves and of whom they bring. `more` are answers to the activity's
    own questions, by their keys."""

    name: str
    emergency_name: str = ""
    emergency_phone: str = ""
    declares_health: bool = False
    agrees_photos: bool = False
    companions: tuple[Brought, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def kept(self, activity: Activity) -> dict[str, Any]:
        """What of it is kept: no more than this activity asks."""
        found: dict[str, Any] = {"name": self.name.strip()}
        if activity.asks_emergency:
            found |= {
                "emergency_name": self.emergency_name.strip(),
                "emergency_phone": phones.normalised(self.emergency_phone),
            }
        if more := questions.kept(questions.read(activity.questions), self.more):
            found["more"] = more
        return found


def has_ages(activity: Activity) -> bool:
    """Whether it is for people of some ages alone."""
    return activity.age_min is not None or activity.age_max is not None


def asks_ages(activity: Activity) -> bool:
    """Whether companions say how old they are: where it matters and no identity number says it."""
    return has_ages(activity) and not activity.asks_identity


def problems(activity: Activity, answers: Answers, *, today: dt.date) -> dict[str, Promise | str]:
    """What is missing or wrong, by field; a companion's fields end in its row, or its place from
    1. Ages count `today`, as those of whoever signs up."""
    found: dict[str, Promise | str] = {}
    if not 1 <= len(answers.name.strip()) <= NAME_MAX:
        found["name"] = _("Say your name, as the list at the door shall have it.")
    if activity.asks_emergency:
        found |= emergency_problems(answers)
    if activity.health_words and not answers.declares_health:
        found["declares_health"] = _("Please read this and confirm it.")
    if len(answers.companions) > activity.companions_max:
        found["companions"] = _("You can bring along %(most)s at most.") % {
            "most": activity.companions_max
        }
    asked = questions.read(activity.questions)
    found |= questions.wrong(asked, answers.more)
    for place, companion in enumerate(answers.companions, start=1):
        found |= companion_problems(activity, companion, companion.row or place, today)
        found |= more_problems(asked, companion.more, companion.row or place)
    return found


def more_problems(
    asked: Iterable[questions.Question], more: Mapping[str, Any], place: int
) -> dict[str, Promise | str]:
    """What is wrong with a companion's answers to the activity's own questions."""
    return questions.wrong(questions.of_each(asked), more, start="companion_", end=f"_{place}")


def emergency_problems(answers: Answers) -> dict[str, Promise | str]:
    """Somebody who can be called: a name and a number."""
    found: dict[str, Promise | str] = {}
    if not 1 <= len(answers.emergency_name.strip()) <= NAME_MAX:
        found["emergency_name"] = _("Say whom we call in an emergency.")
    try:
        phones.normalised(answers.emergency_phone)
    except Invalid as refusal:
        found["emergency_phone"] = str(refusal.message)
    return found


def companion_problems(
    activity: Activity, companion: Brought, place: int, today: dt.date
) -> dict[str, Promise | str]:
    """A name each; where there is an insurance, an identity number; an age that it is for."""
    found: dict[str, Promise | str] = {}
    if not 1 <= len(companion.name.strip()) <= NAME_MAX:
        found[f"companion_name_{place}"] = _("Say the name.")
    if activity.asks_identity and not ric.is_valid(companion.identity_number.strip()):
        found[f"companion_identity_{place}"] = _(
            "This identity number has a mistake; look at it digit by digit. The insurance needs it."
        )
    elif has_ages(activity) and (problem := age_problem(activity, companion, today)):
        field = "companion_age" if asks_ages(activity) else "companion_identity"
        found[f"{field}_{place}"] = problem
    return found


def age_problem(activity: Activity, companion: Brought, today: dt.date) -> Promise | str | None:
    """Whether a companion is of the age that it is for, as they say or their identity number."""
    age, least, most = companion.age, activity.age_min, activity.age_max
    if activity.asks_identity:
        age = full_years(ric.get_birth_date(companion.identity_number.strip()), today)
    if age is None or not 0 <= age <= AGE_MAX:
        return _("Say how old they are, in full years: it is for some ages alone.")
    if least is not None and age < least:
        return _("Everybody who comes must be %(least)s or older.") % {"least": least}
    if most is not None and age > most:
        return _("Everybody who comes must be %(most)s or younger.") % {"most": most}
    return None
