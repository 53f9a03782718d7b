"""The federations of trade unions, from the country to the counties, generated as seed data."""

from niangjia.core import clock
from niangjia.operations.demo import Progress
from niangjia.organisations import services


def load(*, progress: Progress) -> None:
    """The federation of every division that should have one, and the industrial unions."""
    services.plant_federations(now=clock.now(), progress=progress)
