"""That no letter to others names whoever complained (promise 3)."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid

#: What people put between digits and letters of a name.
BETWEEN = re.compile(r"[\s\-‐-―·•・.,，、()（）]+")
#: A mobile number as it is known inside the country.
NATIONAL = re.compile(r"(?:\+?86)?(1\d{10})$")
SHORTEST_NAME = 2

PROBLEMS = {
    "name": _(
        "This letter names whoever complained, who has not agreed to that. Take the name out, or "
        "ask them first."
    ),
    "phone": _("A phone number of whoever complained stands in this letter. Take it out."),
    "identity-number": _(
        "The identity number of whoever complained stands in this letter. Take it out."
    ),
}


@dataclass(frozen=True)
class Identity:
    """By what the people behind a case are known, as far as the case knows it."""

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    identity_numbers: frozenset[str] = frozenset()

    def without_names(self) -> "Identity":
        """The same of somebody who agreed to be named: to their name alone."""
        return Identity(phones=self.phones, identity_numbers=self.identity_numbers)

    def with_(self, other: "Identity") -> "Identity":
        """Both."""
        return Identity(
            self.names | other.names,
            self.phones | other.phones,
            self.identity_numbers | other.identity_numbers,
        )


def plain(text: str) -> str:
    """`text` as it is compared: one form of each character, nothing between them."""
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def given_away(text: str, identity: Identity, *, besides: Collection[str] = ()) -> list[str]:
    """What `text` gives away: "name", "phone", "identity-number". However it is spaced or typed.

    `besides` are names that may stand there whatever they contain: the employer's, the union's.
    """
    searched = plain(text)
    for known in sorted(map(plain, filter(None, besides)), key=len, reverse=True):
        searched = searched.replace(known, "\n")
    found = []
    if holds(searched, (name for name in identity.names if len(name) >= SHORTEST_NAME)):
        found.append("name")
    if holds(searched, map(national, identity.phones)):
        found.append("phone")
    if holds(searched, identity.identity_numbers):
        found.append("identity-number")
    return found


def holds(searched: str, wanted: Iterable[str]) -> bool:
    """Whether one of `wanted` stands in a text that is plain already."""
    return any(one and one in searched for one in map(plain, wanted))


def national(phone: str) -> str:
    """A phone number without the country's code."""
    digits = plain(phone)
    match = NATIONAL.match(digits)
    return match.group(1) if match else digits.lstrip("+")


def check_names_nobody(
    text: str,
    identity: Identity,
    *,
    besides: Collection[str],
    fields: Iterable[tuple[str, str]],
) -> None:
    """Raise `Invalid` "names-applicant" when `text` gives somebody away, beside each of `fields`
    (key, value) that does."""
    found = given_away(text, identity, besides=besides)
    if not found:
        return
    problems = {
        key: PROBLEMS[given[0]]
        for key, value in fields
        if (given := given_away(value, identity, besides=besides))
    }
    raise Invalid(PROBLEMS[found[0]], code="names-applicant", fields=problems)
