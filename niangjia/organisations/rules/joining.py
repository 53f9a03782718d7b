"""Whom a union takes in itself."""

from niangjia.organisations.models import Kind, Status, Union

#: These admit the workers of their own employers; a group's members join the union it belongs to.
ADMITS_ITS_OWN = frozenset({Kind.GRASSROOTS, Kind.JOINT})


def is_joinable(union: Union) -> bool:
    """Whether workers apply to `union` itself: an active grassroots or joint union, or any active
    union that admits some kinds of worker directly."""
    if union.status != Status.ACTIVE:
        return False
    return union.kind in ADMITS_ITS_OWN or bool(union.admits_directly)
