"""The materialised path: one segment of fixed length for each union from the root down."""

#: Thirteen digits (the number without its check digit) and the separator.
SEGMENT_LENGTH = 14


def child_path(parent_path: str, number: str) -> str:
    """The path of the union `number` (14 digits) right below `parent_path` ("" for a root)."""
    return f"{parent_path}{number[:-1]}/"


def ancestor_paths(path: str) -> list[str]:
    """The paths from the root down to `path` itself."""
    ends = range(SEGMENT_LENGTH, len(path) + 1, SEGMENT_LENGTH)
    return [path[:end] for end in ends]
