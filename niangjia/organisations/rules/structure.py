"""What may stand below what (Trade Union Law, Articles 10 and 11)."""

from niangjia.organisations.models import Kind
from niangjia.organisations.rules.paths import SEGMENT_LENGTH

#: As many levels as the path's column holds.
MOST_LEVELS = 160 // SEGMENT_LENGTH

UPPER_KINDS = {
    Kind.FEDERATION: {Kind.FEDERATION},
    Kind.INDUSTRIAL: {Kind.FEDERATION, Kind.INDUSTRIAL},
    Kind.GRASSROOTS: {Kind.FEDERATION, Kind.INDUSTRIAL, Kind.JOINT, Kind.GRASSROOTS},
    Kind.JOINT: {Kind.FEDERATION, Kind.INDUSTRIAL, Kind.JOINT, Kind.GRASSROOTS},
    Kind.GROUP: {Kind.FEDERATION, Kind.INDUSTRIAL, Kind.JOINT, Kind.GRASSROOTS},
}


def may_stand_below(kind: str, parent_kind: str) -> bool:
    """Whether a union of `kind` may have an upper union of `parent_kind`.

    Federations stand below federations only, and a group is the lowest there is.
    """
    return Kind(parent_kind) in UPPER_KINDS[Kind(kind)]
