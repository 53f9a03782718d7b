"""Opening what is sealed: always for a purpose, always recorded."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry
from niangjia.cases.selectors import access_case, access_own_case, list_entries
from niangjia.cases.services import timeline
from niangjia.cases.services.timeline import Said
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Invalid, NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules import purposes

#: What is recorded for whoever opens a case because it is theirs to handle.
HANDLING = "case_handling"


@dataclass(frozen=True)
class Told:
    """What the applicant said, opened."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    account: uuid.UUID | None = None
    person: uuid.UUID | None = None
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Reading:
    """A case with its seals open."""

    case: Case
    told: Told
    timeline: Sequence[tuple[CaseEntry, Said]]


@transactions.atomic
def read_case(
    *, by: Account, posts: Sequence[Post], number: str, purpose: str = "", now: dt.datetime
) -> Reading:
    """Open a case for an officer. Whoever has it assigned, or holds a post at the union that
    handles it, opens it to handle it; everybody else states a purpose. Each opening is in the audit
    chain, with whose data it was (promise 6).

    Raises `NotFound` out of reach, `Invalid` "purpose-needed".
    """
    with protection.viewing(account=by.pk):
        case = access_case(posts, number, account=by)
        if not purpose and not is_at_work(case, by, posts):
            raise Invalid(
                _("Say why you open this case: it is shown to the applicant."),
                code="purpose-needed",
                fields={"purpose": _("Choose a purpose.")},
            )
        reading = opened(case)
        audit.record(
            action="case.read",
            by=by.pk,
            subject=f"case:{case.pk}",
            union_id=case.handler_id,
            person_id=case.person_id,
            purpose=purpose or HANDLING,
        )
    return reading


@transactions.atomic
def read_own_case(*, owner: bytes, number: str) -> Reading:
    """Open a case for its applicant: what they said, and the public part of the timeline."""
    with protection.viewing(receipt=owner):
        return opened(access_own_case(owner, number))


@transactions.atomic
def find_case_of_receipt(*, owner: bytes) -> Case:
    """The case that was opened with a receipt. Raises `NotFound`."""
    with protection.viewing(receipt=owner):
        case = Case.objects.filter(owner_digest=owner).order_by("id").first()
    if case is None:
        raise NotFound(_("There is no such page"))
    return case


def is_at_work(case: Case, by: Account, posts: Sequence[Post]) -> bool:
    """Whether opening this case is part of handling it."""
    return case.assigned_to_id == by.pk or any(
        post.union_id in (case.handler_id, case.raised_to_id) for post in posts
    )


def opened(case: Case) -> Reading:
    """The case with everything its viewer may read. One query."""
    if not case.sealed_key:
        return Reading(case, Told(), [(entry, Said()) for entry in list_entries(case)])
    told = json.loads(timeline.key_of(case).unseal(case.answers, part="answers"))
    return Reading(
        case,
        Told(
            answers=told["answers"],
            account=uuid.UUID(told["account"]) if told["account"] else None,
            person=uuid.UUID(told["person"]) if told["person"] else None,
            name=told["name"],
            phone=told["phone"],
        ),
        [(entry, timeline.said_in(case, entry)) for entry in list_entries(case)],
    )


def stated(purpose: str, words: str) -> str:
    """A purpose chosen from the list, with its words. Raises `Invalid`."""
    if purpose not in purposes.LookUpPurpose.values:
        problem = _("Choose a purpose.")
        raise Invalid(problem, code="purpose-needed", fields={"purpose": problem})
    return purposes.stated(purpose, words)
