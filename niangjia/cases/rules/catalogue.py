"""The catalogue as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.content import Item

#: What services are about: a name, an icon, in the order they are shown.
GROUPS: dict[str, tuple[Promise, str]] = {
    "rights": (_("My rights"), "scale"),
    "hardship": (_("In hardship"), "hand-heart"),
    "health": (_("Health"), "heart-pulse"),
    "family": (_("Family"), "baby"),
    "growth": (_("Skills"), "graduation-cap"),
    "organisation": (_("My union"), "users-round"),
    "voice": (_("Being heard"), "message-circle"),
}


class Documented(Protocol):
    @property
    def document(self) -> Item: ...


@dataclass(frozen=True)
class Group:
    """The items about one thing."""

    name: Promise
    icon: str
    items: list[Item]


def grouped(offered: Iterable[Documented]) -> list[Group]:
    """What is offered, by what it is about; groups without an item are left out."""
    by_group: dict[str, list[Item]] = {}
    for each in offered:
        by_group.setdefault(each.document.group, []).append(each.document)
    return [
        Group(name, icon, by_group[key]) for key, (name, icon) in GROUPS.items() if key in by_group
    ]
