"""Filling a node: what every node needs, and a demonstration if it is one.

Each area once, but for those in `demo.EVERY_START`, which newer software may bring more of.
"""

from collections.abc import Iterable

from niangjia.operations import demo
from niangjia.operations.node.terminal import ProgressBar


def load(areas: Iterable[str]) -> None:
    """Load the areas that this node does not have yet.

    Each area is one transaction, and the audit entry that says it was loaded is part of it: a load
    that was cut short left nothing, and is begun again. What is looked at again at every start is
    not announced again.
    """
    from django.db import transaction

    from niangjia.core import audit

    for area in areas:
        module = demo.module(area)
        if module is None:
            continue
        if is_loaded(area):
            if area in demo.EVERY_START:
                with transaction.atomic():
                    module.load(progress=lambda done, total: None)
            continue
        bar = ProgressBar(demo.AREAS[area])
        with transaction.atomic():
            module.load(progress=bar)
            audit.record(action="operations.area-loaded", by=None, subject=subject(area))
        bar.finish()


def is_loaded(area: str) -> bool:
    """Whether an area was ever loaded here."""
    from niangjia.core.models import AuditEntry

    return AuditEntry.objects.filter(subject=subject(area)).exists()


def subject(area: str) -> str:
    """What the audit entry of a load is about."""
    return f"demo:{area}"
