"""Who had a hand in a case: what is left to somebody else (回访) is not for them."""

import uuid
from collections.abc import Collection

from django.db.models import Q

from niangjia.cases.models import Case, CaseEntry, EntryKind
from niangjia.cases.rules.content import Step
from niangjia.cases.selectors.items import document_of
from niangjia.cases.selectors.surroundings import ROLES
from niangjia.members.models import Post, Reach
from niangjia.members.selectors.ties import untied
from niangjia.organisations.rules.paths import ancestor_paths


def workers_on(case: Case, step: Step | None) -> set[uuid.UUID]:
    """Whoever took another step of `case` than `step`, where that is for somebody else; nobody
    where it is not. One query at most."""
    if step is None or not step.another:
        return set()
    taken = CaseEntry.objects.filter(case=case, kind=EntryKind.STEP, account_id__isnull=False)
    every = taken.exclude(step=step.key).values_list("account_id", flat=True)
    return {account for account in every if account is not None}


def workers_at(case: Case) -> set[uuid.UUID]:
    """The same for the step that `case` is at."""
    return workers_on(case, document_of(case.snapshot_id).step(case.step))


def has_another(case: Case, worked: Collection[uuid.UUID]) -> bool:
    """Whether anybody besides those who `worked` on a case may take its present step: at its union,
    or above it with a reach down to it. Two queries at most."""
    path = case.handler_path
    above = Q(union__path__in=ancestor_paths(path), reach=Reach.SUBTREE)
    posts = Post.objects.filter(
        Q(union=case.handler_id) | above,
        ended_at=None,
        role__in=ROLES,
        account__is_active=True,
    ).exclude(account__in=[*worked, *case.excluded_ids, *filter(None, [case.applicant_id])])
    found = list(posts.values_list("account", flat=True).distinct())
    return bool(untied(found, case.accused_ids) if found and case.accused_ids else found)
