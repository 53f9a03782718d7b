"""The style sheets a page loads.

They are written as small files and, once collected, served as one for each face: on a slow line
one request is answered before eight. The colours at night stay a file of their own, for a person
may have them at any hour.
"""

from pathlib import Path

#: Each face with the sheets of its own.
FACES = {"portal": ("portal", "home"), "desk": ("desk",)}
SHARED = ("tokens", "base", "forms", "components", "lists", "graphics")
SOURCE = Path(__file__).parent / "static" / "web" / "css"


def sheets(face: str, *, joined: bool) -> list[str]:
    """The static names of the sheets of a face, in the order of the cascade."""
    if joined:
        return [f"styles/{face}.css"]
    return [f"web/css/{name}.css" for name in (*SHARED, *FACES.get(face, ()), "print")]


def join(face: str) -> str:
    """All sheets of a face as one text."""
    return "\n".join(
        (SOURCE / f"{name}.css").read_text() for name in (*SHARED, *FACES.get(face, ()), "print")
    )
