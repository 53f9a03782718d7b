"""The national service catalogue, and what the hotline can say: real documents, on every node."""

from niangjia.cases import services
from niangjia.core import clock
from niangjia.hotline.services import seed_knowledge
from niangjia.operations.demo import Progress
from niangjia.organisations.selectors import access_root


def load(*, progress: Progress) -> None:
    """Publish the documents that are new or have changed; what a keeper has said stays."""
    services.seed_catalogue(root=access_root(), now=clock.now())
    progress(1, 2)
    seed_knowledge(now=clock.now())
    progress(2, 2)
