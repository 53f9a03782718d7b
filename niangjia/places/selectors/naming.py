"""Places by what officers call them: for rooms above that meet at one."""

from django.db.models import Q

from niangjia.core import scope
from niangjia.organisations.models import Union
from niangjia.organisations.rules import ancestor_paths
from niangjia.places.models import Place, State

#: More names than these nobody looks through.
MOST = 200


def kept_for(union: Union) -> Q:
    """Those of `union`, of the unions below it, and of those above it: its city's palace."""
    above = Q(union__path__in=ancestor_paths(union.path))
    return above | Q(scope.subtree(union.path, field="union__path"))


def list_names(union: Union) -> list[str]:
    """The names of the places open to the public that are `kept_for` a union. One query."""
    found = Place.objects.filter(kept_for(union), state=State.PUBLISHED)
    return list(found.order_by("name").values_list("name", flat=True).distinct()[:MOST])


def find_named(union: Union, words: str) -> Place | None:
    """The one place of this name, or with this code on its plate; None where there is none, or
    where several have the name. One query."""
    named = Q(name=words.strip()) | Q(code=words.strip().upper())
    found = Place.objects.filter(kept_for(union), named, state=State.PUBLISHED)
    some = list(found.order_by("id")[:2])
    return some[0] if len(some) == 1 else None
