"""Answers on their way: a visitor's in the session, sealed; an account's in its draft."""

import secrets

from django.http import HttpRequest

from niangjia.core.edge import typed
from niangjia.members import selectors, services
from niangjia.members.forms.joining import JoinForm
from niangjia.members.models import Account, Person
from niangjia.members.selectors.joining import Standing
from niangjia.organisations.models import Union
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division, Level

KEY = "visitor_draft"


def keep_in_session(request: HttpRequest, form: JoinForm) -> None:
    """Keep a visitor's answers until they have signed in."""
    request.session[KEY] = services.seal_answers(form.typed())
    typed.keep(request)


def forget(request: HttpRequest) -> None:
    """The answers have arrived where they belong."""
    request.session.pop(KEY, None)


def typed_before(request: HttpRequest, standing: Standing) -> dict[str, str]:
    """What this person has typed so far: as a visitor just now, else in their draft."""
    if sealed := request.session.get(KEY):
        return services.unseal_answers(sealed)
    return selectors.draft_answers(standing.draft) if standing.draft else {}


def initial(request: HttpRequest, account: Account | None, standing: Standing) -> dict[str, object]:
    """What the form shows first: what was typed, else what is known."""
    values: dict[str, object] = {
        "employment_status": "employed",
        "residence": place_of(standing.union),
    }
    person = account.person if account else None
    if person is not None:
        values |= known_of(person)
    if standing.membership is not None:
        values |= {"job": standing.membership.job}
    return values | typed_before(request, standing) | {"window": secrets.token_urlsafe(12)}


def known_of(person: Person) -> dict[str, object]:
    """The description of a person as the form writes it."""
    elsewhere = {True: "yes", False: "no"}.get(person.from_elsewhere)  # type: ignore[arg-type]
    return {
        name: value
        for name, value in {
            "ethnicity": person.ethnicity,
            "education": person.education,
            "skill_level": person.skill_level,
            "residence": full_name(person.residence) if person.residence else "",
            "from_elsewhere": elsewhere,
        }.items()
        if value
    }


def place_of(union: Union) -> str:
    """The union's own place, as a first guess of where its workers live; nothing wider than a
    city, which would be no guess at all."""
    return full_name(union.division) if union.division.level >= Level.CITY else ""


def full_name(division: Division) -> str:
    """A division's name that is understood as this very one when it is sent."""
    return regions.full_names([division])[division.code]
