"""The three questions of the guide, as they stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.organisations.forms.finding import BAD_POSITION, LONGEST, TOO_LONG, UNKNOWN_DIVISION
from niangjia.organisations.forms.finding import UNKNOWN_PLACE as UNKNOWN
from niangjia.organisations.models import WorkerKind
from niangjia.organisations.rules.positions import BadPosition, parse_position
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division

Text = str | Promise

WORK, PLACE, EMPLOYER, RESULT = "work", "place", "employer", "result"


@dataclass(frozen=True)
class Answers:
    """What somebody has said so far, and the step they are at."""

    work: str = ""
    division: Division | None = None
    address: str = ""
    employer: str = ""
    alternatives: dict[str, str] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    step: str = WORK


def read(params: Mapping[str, str]) -> Answers:
    """The answers in the address: work, division (or address, or near), employer.

    The step is the first question that has no good answer; `step` in the address goes back.
    """
    errors: dict[str, Text] = {}
    work = params.get("work", "")
    if work not in WorkerKind.values:
        if work or params.get("asked") == WORK:
            errors["work"] = _("Choose the kind of work that comes closest.")
        work = ""
    address = params.get("address", "").strip()
    division, alternatives = place_of(params, address, errors)
    employer = params.get("employer", "").strip()
    if len(employer) > LONGEST:
        errors["employer"] = TOO_LONG
    answered = {WORK: bool(work), PLACE: bool(division) and "address" not in errors}
    answered[EMPLOYER] = "employer" in params and "employer" not in errors
    step = next((name for name, is_answered in answered.items() if not is_answered), RESULT)
    if params.get("step") in (WORK, PLACE, EMPLOYER) and answered.get(params["step"]):
        step = params["step"]
    return Answers(work, division, address, employer, alternatives, errors, step)


def suggest(answers: Answers, division: Division | None) -> Answers:
    """The same with a place already typed, for somebody who need not type it again. One query."""
    if division is None or answers.errors:
        return answers
    return replace(answers, address=regions.full_names([division])[division.code])


def place_of(
    params: Mapping[str, str], address: str, errors: dict[str, Text]
) -> tuple[Division | None, dict[str, str]]:
    """Where they work: as chosen, as typed, or as the phone says."""
    code, near = params.get("division", "").strip(), params.get("near", "").strip()
    if code:
        division = regions.find_division(code)
        if division is None:
            errors["address"] = UNKNOWN_DIVISION
        return division, {}
    if near:
        try:
            position = parse_position(near)
        except BadPosition as error:
            errors["address"] = BAD_POSITION[error.reason]
            return None, {}
        nearest = regions.list_nearest(position.longitude, position.latitude)
        return (nearest[0] if nearest else None), {}
    if len(address) > LONGEST:
        errors["address"] = TOO_LONG
    elif address:
        match = regions.match_address(address.replace("\0", " "))
        if match.division is None:
            errors["address"] = UNKNOWN
        return match.division, regions.full_names(match.alternatives)
    elif params.get("asked") == PLACE:
        errors["address"] = _("Say where you mostly work: a street, county or city will do.")
    return None, {}
