"""Wrapping the keys of cases anew under today's envelope key. What they seal stays as it is."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model

from niangjia.cases.models import Case, CaseDraft, LetterHead
from niangjia.cases.services import drafts, timeline
from niangjia.cases.services.letters import heads
from niangjia.core import protection
from niangjia.core.crypto import envelopes, rotation

BATCH = 500


@rotation.also_rotate
def rewrap_keys() -> int:
    """Every key of a case, a draft or a letter head, in short transactions; says how many were
    written."""
    return (
        rewrap(Case, lambda case: timeline.context_of(case.pk))
        + rewrap(CaseDraft, drafts.context_of)
        + rewrap(LetterHead, lambda head: heads.context_of(head.pk))
    )


def rewrap(model: type[Model], context: Callable[[Any], str]) -> int:
    """Every `sealed_key` of `model` that is not today's, bound to `context` of its row; says how
    many were written."""
    written, last = 0, None
    rows: list[Any]
    while True:
        # Not retried: a command of the owner's, begun again where it stopped.
        with transaction.atomic(), protection.working("cases.rotation"):
            found = model._default_manager.exclude(sealed_key=b"").order_by("pk")
            after = found if last is None else found.filter(pk__gt=last)
            rows = list(after.only("sealed_key").select_for_update()[:BATCH])
            for row in rows:
                if fresh := envelopes.rewrapped(row.sealed_key, context(row)):
                    row.sealed_key = fresh
                    row.save(update_fields=["sealed_key"])
                    written += 1
        if not rows:
            return written
        last = rows[-1].pk
