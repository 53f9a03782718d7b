"""Pure decisions about unions: no database here."""

from niangjia.organisations.rules.paths import SEGMENT_LENGTH, ancestor_paths, child_path
from niangjia.organisations.rules.structure import MOST_LEVELS, may_stand_below

__all__ = [
    "MOST_LEVELS",
    "SEGMENT_LENGTH",
    "ancestor_paths",
    "child_path",
    "may_stand_below",
]
