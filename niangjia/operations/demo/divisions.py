"""The divisions of the country, down to counties, from the table this project ships."""

from niangjia.operations.demo import Progress
from niangjia.regions import services


def load(*, progress: Progress) -> None:
    """Every division with its code, names and point."""
    services.load_divisions(progress=progress)
