"""Cases that belong together: proposed, linked, told apart again."""

import datetime as dt
import uuid

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseLink, EntryKind, FoundBy, LinkKind, LinkState
from niangjia.cases.rules import linking as rules
from niangjia.cases.selectors import visible_cases
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.selectors.linking import find_likely, hidden_from
from niangjia.cases.services import locking, merging, timeline
from niangjia.cases.services.pausing import check_reason
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.members.selectors import current_posts


@transactions.atomic
def propose_link(
    *,
    case_id: uuid.UUID,
    other_id: uuid.UUID,
    kind: str = LinkKind.DUPLICATE,
    found_by: str = FoundBy.CALL,
    now: dt.datetime,
) -> CaseLink | None:
    """Say that `case`, the later one, may be a `kind` of `other`: officers who see both are shown
    it. Twice, either way round, is once; what was rejected stays so. None for a case and itself,
    for decoys and for what is missing."""
    with protection.working("cases.link"):
        cases = {case.pk: case for case in Case.objects.filter(pk__in=[case_id, other_id])}
        if len(cases) < 2 or any(is_decoy(case) for case in cases.values()):
            return None
        if found := between(case_id, other_id):
            return found
        link, _made = CaseLink.objects.get_or_create(
            case_id=case_id,
            other_id=other_id,
            defaults={
                "kind": LinkKind(kind),
                "state": LinkState.PROPOSED,
                "found_by": FoundBy(found_by),
                "at": now,
            },
        )
        return link


def propose_likely(*, case_id: uuid.UUID, now: dt.datetime) -> int:
    """Propose the earlier cases that a new one may be the same as; says how many there are."""
    with protection.working("cases.link"):
        case = Case.objects.filter(pk=case_id).first()
        likely = find_likely(case) if case else []
    for other, why in likely:
        kind = LinkKind.DUPLICATE if why == FoundBy.PERSON else LinkKind.RELATED
        propose_link(case_id=case_id, other_id=other.pk, kind=kind, found_by=why, now=now)
    return len(likely)


@transactions.atomic
def link_cases(
    *, by: Post, case_id: uuid.UUID, other: str, kind: str, now: dt.datetime
) -> CaseLink:
    """An officer who sees both says that a case is a `kind` of the one numbered `other`.

    Raises `NotFound` out of reach, `Invalid` on `other` for a number that is none, or none of
    theirs (the answer is the same), and for the case itself; on `kind`.
    """
    if kind not in LinkKind.values:
        problem = _("Choose how they belong together.")
        raise Invalid(problem, code="no-kind", fields={"kind": problem})
    with protection.viewing(account=by.account_id):
        there = find_numbered(by, other)
        here, there = lock_both(by, case_id, there.pk)
    with protection.working("cases.link"):
        link = between(here.pk, there.pk) or CaseLink(case=here, other=there)
        if link.state == LinkState.CONFIRMED and link.decided_at and link.kind == kind:
            return link
        if link.merged_at is not None:
            raise Conflict(_("One of them was closed in favour of the other."), code="merged")
        link.case, link.other, link.kind = here, there, kind
        link.found_by, link.at, link.by_account_id = FoundBy.HAND, now, by.account_id
        settle(link, LinkState.CONFIRMED, by=by.account_id, now=now)
        speak_of(here, there, LinkState.CONFIRMED, link.kind, by=by.account_id, now=now)
    return link


@transactions.atomic
def confirm_link(*, by: Post, link_id: uuid.UUID, now: dt.datetime) -> CaseLink:
    """A proposal is right; twice is once. Whoever sees both cases may say so."""
    link, here, there = lock_link(by, link_id)
    if link.state == LinkState.CONFIRMED:
        return link
    check_state(link, LinkState.PROPOSED)
    with protection.working("cases.link"):
        settle(link, LinkState.CONFIRMED, by=by.account_id, now=now)
        speak_of(here, there, LinkState.CONFIRMED, link.kind, by=by.account_id, now=now)
    return link


@transactions.atomic
def reject_link(*, by: Post, link_id: uuid.UUID, now: dt.datetime) -> CaseLink:
    """A proposal is wrong, and is not made again; twice is once."""
    link, here, _there = lock_link(by, link_id)
    if link.state == LinkState.REJECTED:
        return link
    check_state(link, LinkState.PROPOSED)
    with protection.working("cases.link"):
        settle(link, LinkState.REJECTED, by=by.account_id, now=now)
        audit.record(
            action="case.link-rejected",
            by=by.account_id,
            subject=f"case:{here.pk}",
            union_id=here.handler_id,
        )
    return link


@transactions.atomic
def unlink(*, by: Post, link_id: uuid.UUID, reason: str, now: dt.datetime) -> CaseLink:
    """Two cases do not belong together after all; twice is once. A duplicate that was closed for
    the other's sake is opened again, with the days it had left. Raises `Invalid` on `reason`."""
    reason = check_reason(reason)
    link, here, there = lock_link(by, link_id)
    if link.state == LinkState.ENDED:
        return link
    check_state(link, LinkState.CONFIRMED)
    was_merged = link.merged_at is not None
    with protection.working("cases.link"):
        settle(link, LinkState.ENDED, by=by.account_id, now=now)
        speak_of(here, there, LinkState.ENDED, link.kind, by=by.account_id, reason=reason, now=now)
        if was_merged:
            merging.open_again(here, by=by.account_id, now=now)
    return link


def between(one: uuid.UUID, other: uuid.UUID) -> CaseLink | None:
    """The link of two cases, whichever way round."""
    pairs = Q(case_id=one, other_id=other) | Q(case_id=other, other_id=one)
    return CaseLink.objects.select_for_update(of=("self",)).filter(pairs).first()


def find_numbered(by: Post, number: str) -> Case:
    """The case of this number, for whoever sees it. Raises `Invalid` on `other`."""
    found = (
        visible_cases(current_posts(by.account), account=by.account)
        .filter(number=number.strip().upper())
        .first()
    )
    if found is None:
        problem = _("There is no case of this number that you can see.")
        raise Invalid(problem, code="no-such-case", fields={"other": problem})
    return found


def lock_both(by: Post, case_id: uuid.UUID, other_id: uuid.UUID) -> tuple[Case, Case]:
    """Both cases, locked in the order of their ids so that two officers never wait for each other.
    In the scope of `by`. Raises `Invalid` for a case and itself."""
    if case_id == other_id:
        problem = _("This is the case itself.")
        raise Invalid(problem, code="itself", fields={"other": problem})
    held = {pk: locking.lock_for_officer(pk, by)[0] for pk in sorted([case_id, other_id])}
    return held[case_id], held[other_id]


def lock_link(by: Post, link_id: uuid.UUID) -> tuple[CaseLink, Case, Case]:
    """A link and both its cases, locked, for whoever sees both. Raises `NotFound`."""
    with protection.viewing(account=by.account_id):
        link = CaseLink.objects.filter(pk=link_id).first()
        if link is None:
            raise locking.not_found()
        here, there = lock_both(by, link.case_id, link.other_id)
        return CaseLink.objects.select_for_update(of=("self",)).get(pk=link_id), here, there


def check_state(link: CaseLink, state: LinkState) -> None:
    """Raise `Conflict` when a colleague has settled it otherwise."""
    if link.state != state:
        raise Conflict(_("A colleague has decided this already."), code="link-decided")


def settle(link: CaseLink, state: LinkState, *, by: uuid.UUID, now: dt.datetime) -> None:
    """The word on a locked link."""
    link.state = state
    link.decided_at, link.decided_by_account_id = now, by
    if state != LinkState.CONFIRMED:
        link.merged_at = None
    link.save()


def speak_of(
    here: Case,
    there: Case,
    state: LinkState,
    kind: str,
    *,
    by: uuid.UUID,
    reason: str = "",
    now: dt.datetime,
) -> None:
    """Write it on each timeline, for colleagues, where that betrays neither (`rules.linking`)."""
    hidden = {case.pk: hidden_from(case) for case in (here, there)}
    for case, other in ((here, there), (there, here)):
        if rules.is_spoken_of(hidden[case.pk], hidden[other.pk]):
            timeline.write_entry(
                case,
                EntryKind.LINKED,
                now=now,
                by=by,
                union=case.handler,
                words=reason,
                facts={"kind": kind, "state": state},
            )
