"""Pure decisions about unions: no database here."""

from niangjia.organisations.rules.paths import SEGMENT_LENGTH, ancestor_paths, child_path

__all__ = ["SEGMENT_LENGTH", "ancestor_paths", "child_path"]
