"""What somebody says who complains about a person at a union, and from whom that keeps the case."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case
from niangjia.cases.rules.content import Item
from niangjia.cases.selectors.officers import access_officer_union, accounts_meant
from niangjia.core.errors import Invalid
from niangjia.organisations.models import Union

LENGTHS = (2, 120)
NOT_ABOUT_OFFICERS = _("This service is not about somebody at a union.")


@dataclass(frozen=True)
class AboutOfficer:
    """Somebody who works at `union`, as whoever complains calls them: a name, a post."""

    union: Union
    who: str


@dataclass(frozen=True)
class KeptFrom:
    """From whom a new case is kept: see `Case`."""

    accused_ids: Sequence[uuid.UUID]
    about_ids: Sequence[uuid.UUID] = ()
    excluded_ids: Sequence[uuid.UUID] = ()


def kept_from(
    accused: Sequence[uuid.UUID], about: AboutOfficer | None, follows: Case | None
) -> KeptFrom:
    """From whom a case is kept that accuses employers, is about somebody at a union, and follows
    another: whoever that one is kept from must not read this one either. Whoever bears the name,
    or where nobody does holds the post, is kept from it from its first moment on. Two queries at
    most."""
    unions, accounts = set[uuid.UUID](), set[uuid.UUID]()
    if follows is not None:
        unions |= {*follows.about_ids}
        accounts |= {*follows.excluded_ids}
    if about is not None:
        unions.add(about.union.pk)
        accounts |= accounts_meant(about.union, about.who)
    return KeptFrom(accused, sorted(unions), sorted(accounts))


def officer_in(number: str, who: str) -> AboutOfficer | None:
    """Somebody at the union of this number, as a form or a program names them; None where it names
    nobody. Raises `Invalid` on `officer_union`."""
    if not number.strip() and not who.strip():
        return None
    return AboutOfficer(access_officer_union(number), who)


def check_about(document: Item, about: AboutOfficer | None) -> None:
    """Whether the item may be about this. Raises `Invalid` on `officer` and `officer_union`."""
    if about is None:
        return
    if not document.about_officers:
        raise Invalid(
            NOT_ABOUT_OFFICERS,
            code="not-about-officers",
            fields={"officer_union": NOT_ABOUT_OFFICERS},
        )
    check_who(about.who)


def check_who(words: str) -> str:
    """What somebody is called, without needless spaces. Raises `Invalid` on `officer`."""
    who = " ".join(words.split())
    if not LENGTHS[0] <= len(who) <= LENGTHS[1]:
        problem = _("Write who it is, a name or a post, in 2 to 120 characters.")
        raise Invalid(problem, code="officer-needed", fields={"officer": problem})
    return who
