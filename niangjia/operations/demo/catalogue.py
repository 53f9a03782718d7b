"""The national service catalogue: real documents, that every node offers."""

from niangjia.cases import services
from niangjia.core import clock
from niangjia.operations.demo import Progress
from niangjia.organisations.selectors import access_root


def load(*, progress: Progress) -> None:
    """Publish the documents that are new or have changed; what a keeper has said stays."""
    services.seed_catalogue(root=access_root(), now=clock.now())
    progress(1, 1)
