"""Fetching unions and walking the trees."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.organisations import rules
from niangjia.organisations.models import Employer, Status, Union


def access_union(union_id: uuid.UUID | str) -> Union:
    """The union with this id, its division at hand. Raises `NotFound`, also for a bad id."""
    key = ids.parse_uuid(str(union_id))
    union = key and Union.objects.select_related("division").filter(pk=key).first()
    if not union:
        raise NotFound(_("There is no such union."))
    return union


def access_union_by_number(number: str) -> Union:
    """`find_union_by_number`, or `NotFound`."""
    union = find_union_by_number(number)
    if union is None:
        raise NotFound(_("There is no such union."))
    return union


def find_union_by_number(number: str) -> Union | None:
    """The union with this number, spaces and hyphens aside; None for whatever is no number."""
    digits = number.replace(" ", "").replace("-", "")
    if not digits.isdecimal():
        return None
    return Union.objects.select_related("division").filter(number=digits).first()


def find_union_named(text: str) -> Union | None:
    """The one union, not dissolved, with this number or this whole name; None when there is none,
    or several bear the name."""
    words = text.strip()
    if by_number := find_union_by_number(words):
        return None if by_number.status == Status.DISSOLVED else by_number
    found = list(Union.objects.filter(name=words).exclude(status=Status.DISSOLVED)[:2])
    return found[0] if len(found) == 1 else None


def access_root() -> Union:
    """The top of the tree. Raises `NotFound` on a node whose tree is still empty."""
    union = Union.objects.select_related("division").filter(parent=None).first()
    if union is None:
        raise NotFound(_("There is no such union."))
    return union


def chain_above(union: Union) -> list[Union]:
    """The unions above `union` in the territorial tree, the national federation first."""
    paths = rules.ancestor_paths(union.path)[:-1]
    return list(Union.objects.filter(path__in=paths).order_by("path"))


def list_children(union: Union) -> QuerySet[Union]:
    """The unions right below `union` that are not dissolved, in the order of their paths."""
    return union.children.exclude(status=Status.DISSOLVED).order_by("path")


def list_employers(union: Union) -> QuerySet[Employer]:
    """The employers whose workers `union` is there for. Order by `name`, `id`."""
    return union.employers.select_related("division").order_by("name", "id")
