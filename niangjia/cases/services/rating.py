"""Asking how a case was handled, and what comes of the answer."""

import datetime as dt
import uuid

from niangjia.cases.models import Case, CaseEntry, EntryKind
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.rectification import SUBJECT
from niangjia.cases.services import locking, telling, texting, timeline
from niangjia.core import protection, transactions
from niangjia.feedback import services as feedback
from niangjia.feedback.selectors import (
    find_invitation_by_token,
    find_latest_invitation,
    find_order,
)
from niangjia.members.models import Account

ITEM_KEY_LENGTH = 24


def ask_for_rating(
    case: Case, *, by: uuid.UUID | None, now: dt.datetime, main: Case | None = None
) -> str:
    """Invite whoever was served to rate a case that `by` has just closed, nobody where silence did;
    the token of the link, "" when they were asked before. `main` is the case in which the work was
    done, where this one repeats it. As background work.

    Of a complaint the invitation knows nobody: its link lies sealed on the timeline, where only
    the applicant finds it.
    """
    name = document_of(case.snapshot_id).name
    rated = find_rated(main or case, by)
    invited = feedback.invite_rating(
        subject_kind=SUBJECT,
        subject_id=case.pk,
        item_key=case.item.key[:ITEM_KEY_LENGTH],
        item_name={"zh": name.zh, "en": name.en},
        union=case.handler,
        rated=rated,
        person=case.person,
        account=case.applicant,
        is_protected=case.is_complaint or bool(case.about_ids),
        tied_employer_ids=[*case.accused_ids, *case.excluded_ids],
        finished_at=now,
        now=now,
    )
    return invited.token or ""


def find_rated(case: Case, by: uuid.UUID | None) -> Account | None:
    """Whose work is rated: of whom it was assigned to; else of who closed it, `by`; where that was
    the applicant, or silence, of the last officer who took a step. What is left to somebody else (a
    call-back) is not the work: there it is the last officer who took another step. Whoever did the
    work must not be the one who looks into it, so nobody is rated only where nobody did anything.
    Two queries at most."""
    step = document_of(case.snapshot_id).step(case.step)
    is_left = step is not None and step.another
    if case.assigned_to_id and not is_left:
        return case.assigned_to
    if by is not None and by != case.applicant_id and not is_left:
        return locking.find_account(by)
    steps = CaseEntry.objects.filter(case=case, kind=EntryKind.STEP, account_id__isnull=False)
    if case.applicant_id is not None:
        steps = steps.exclude(account_id=case.applicant_id)
    if is_left:
        steps = steps.exclude(step=case.step)
    worked = steps.order_by("-number").values_list("account_id", flat=True).first()
    return locking.find_account(worked)


def token_in(case: Case, entries: list[CaseEntry]) -> str:
    """The token of the link by which a finished case is rated, for its applicant's eyes."""
    for entry in reversed(entries):
        if entry.kind == EntryKind.CLOSED:
            return str(timeline.said_in(case, entry).answers.get("rating", ""))
    return ""


def live_token(case: Case, entries: list[CaseEntry]) -> str:
    """The same as long as it leads anywhere: a counter that has shown a code since has made another
    (`feedback.renew_link`), though never of a complaint. One query, none of a complaint."""
    token = token_in(case, entries)
    if token and not case.is_complaint and find_invitation_by_token(token) is None:
        return ""
    return token


@transactions.atomic
def renew_own_link(*, owner: bytes, case_id: uuid.UUID, now: dt.datetime) -> str:
    """The token of a new link to rate, for whoever has shown that the case is theirs and whose link
    a counter has replaced; the counter's is dead from now on. Raises `NotFound` where nothing is to
    be rated and of a complaint, whose link stays; `Conflict` and `TooLate` as rating does."""
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
    with protection.working("cases.own_rating"):
        invitation = find_latest_invitation(SUBJECT, case.pk)
    if invitation is None:
        raise locking.not_found()
    return feedback.renew_link(by=None, invitation=invitation, now=now)


@transactions.atomic
def tell_complainant(*, case_id: uuid.UUID, now: dt.datetime) -> None:
    """Whoever complained hears that there is news of what they rated badly: what was found and
    done, or that they have the last word. Their invitation knows nobody, so it is told from here,
    and as of all complaints it is not said of what. Of other cases `feedback` tells by itself."""
    with protection.working("cases.rectification"):
        case = Case.objects.filter(pk=case_id, is_complaint=True).first()
        account = telling.applicant_of(case) if case is not None else None
        if account is not None:
            telling.tell_news(account, now=now)
        elif case is not None:
            texting.plan(case, now=now)


@transactions.atomic
def note_rectification(
    *, case_id: uuid.UUID, order_id: uuid.UUID, due_at: dt.datetime, now: dt.datetime
) -> None:
    """Write on the timeline that a bad rating has opened an order; the same order once.

    Only where the person agreed to be named: whoever is rated reads the timeline of a case whose
    applicant they know, and must not learn from it who rated them badly. The person is told by the
    rating itself, where they find what is done about it.
    """
    with protection.working("cases.rectification"):
        order = find_order(SUBJECT, case_id)
        if order is None or not order.rating.is_named:
            return
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("handler")
            .filter(pk=case_id)
            .first()
        )
        facts = {"order": str(order_id), "due_at": due_at.isoformat()}
        if case is None or case.entries.filter(kind=EntryKind.REOPENED, facts=facts).exists():
            return
        timeline.write_entry(
            case, EntryKind.REOPENED, now=now, union=case.handler, facts=facts, is_public=True
        )
