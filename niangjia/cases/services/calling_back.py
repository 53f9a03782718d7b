"""Whom to call about a bad rating of a case: what the case knows of who asked, and nothing else."""

import datetime as dt
import uuid
from collections.abc import Sequence

from niangjia.cases.models import Case
from niangjia.cases.services import locking, reading, reading_limits, telling, timeline
from niangjia.core import audit, protection, transactions
from niangjia.feedback.rules.subjects import Contact
from niangjia.feedback.services.calling_back import PURPOSE
from niangjia.members.models import Account, Post
from niangjia.members.selectors.ties import untied


def leads_to_a_call(case_id: uuid.UUID) -> bool:
    """Whether somebody can be called about a case; see `can_be_called`. Three queries at most."""
    case = Case.objects.select_related("applicant").filter(pk=case_id).first()
    return case is not None and can_be_called(case)


def can_be_called(case: Case) -> bool:
    """Whether whoever asked left a number, or wrote from an account that is still theirs. As
    background work: what is opened goes no further than this. Two queries at most."""
    return bool(contact_in(case).phone)


def contact_in(case: Case) -> Contact:
    """Whoever asked, as they said, else by the account they wrote from. Nothing of whoever stays
    unknown. Whoever calls has recorded why it is read, or hands none of it out."""
    if case.is_anonymous or not case.sealed_key:
        return Contact("", "")
    told, account = timeline.told_in(case), telling.applicant_of(case)
    person = account.person if account else None
    return Contact(
        name=told["name"] or (person.name if person else ""),
        phone=told["phone"] or str(account.phone if account else ""),
    )


def open_contact(
    *, by: Account, posts: Sequence[Post], subject_id: uuid.UUID, now: dt.datetime
) -> Contact:
    """Name and number for the call alone, on record like every opening of the case (promise 6).
    Raises `NotFound` for whoever is excluded, tied to an employer it accuses, or asked themselves;
    `Throttled` like opening cases one after another (promise 8)."""
    with reading_limits.reporting(by=by, posts=posts, now=now):
        return open_within_limits(by=by, posts=posts, case_id=subject_id, now=now)


def count_opening(
    *, by: Account, posts: Sequence[Post], subject_id: uuid.UUID, now: dt.datetime
) -> None:
    """Whom the invitation itself knows is called without opening the case: it counts as opening it
    all the same, else name and number of everybody who rated badly could be read one after another.
    Raises `Throttled`."""
    with reading_limits.reporting(by=by, posts=posts, now=now):
        count_within_limits(by=by, case_id=subject_id, now=now)


@transactions.atomic
def count_within_limits(*, by: Account, case_id: uuid.UUID, now: dt.datetime) -> None:
    """See `count_opening`."""
    with protection.working("cases.call_back"):
        case = Case.objects.filter(pk=case_id).first()
        if case is not None:
            reading_limits.spend_opening(case, by, is_at_work=False, now=now)


@transactions.atomic
def open_within_limits(
    *, by: Account, posts: Sequence[Post], case_id: uuid.UUID, now: dt.datetime
) -> Contact:
    """See `open_contact`."""
    with protection.working("cases.call_back"):
        case = Case.objects.select_related("applicant").filter(pk=case_id).first()
        if case is None or by.pk in case.excluded_ids or not untied([by.pk], case.accused_ids):
            raise locking.not_found()
        account = telling.applicant_of(case)
        if account is not None and account.pk == by.pk:
            raise locking.not_found()
        reading_limits.spend_opening(case, by, is_at_work=False, now=now)
        audit.record(
            action="case.contact_viewed",
            by=by.pk,
            subject=f"case:{case.pk}",
            union_id=reading.union_of(case, posts),
            person_id=case.person_id,
            purpose=PURPOSE,
        )
        return contact_in(case)
