"""What happens in the life of whoever asked: they move away; they die."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.rules import numbering
from niangjia.cases.selectors import owner_of_receipt, visible_cases
from niangjia.cases.selectors.owners import kept_of_receipt
from niangjia.cases.services import locking, stopping, telling, texting, timeline
from niangjia.cases.services.speaking import check_alone
from niangjia.core import protection, transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Account, Membership, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.posts import holding
from niangjia.organisations.models import Union

FAMILY_MIN_LENGTH = 5
FAMILY_MAX_LENGTH = 500


class Death(NamedTuple):
    """What became of the case; the family's receipt where it goes on; and the other open cases of
    the dead that whoever noted it may settle as well."""

    case: Case
    receipt: str
    others: list[Case]


@transactions.atomic
def note_death(
    *, by: Post, case_id: uuid.UUID, goes_on: bool, words: str, now: dt.datetime
) -> Death:
    """The applicant has died. What their family goes on with (wages that are owed belong to the
    estate: Civil Code, Article 1122) is theirs from now on: they are given a receipt, which this
    answers and nothing keeps, and no notice goes to the dead any more. What only helped the person
    ends, without asking anybody to rate it. `words` say who told, or whom of the family to reach.
    Their other open cases say so too, to whoever handles them (`tell_others`).

    Raises `NotFound` out of reach, `Conflict` "closed", "withdrawn", "others-take-part", `Invalid`
    on `words`.
    """
    words = words.strip()
    if not FAMILY_MIN_LENGTH <= len(words) <= FAMILY_MAX_LENGTH:
        problem = _("Say who of the family told you, and how to reach them.")
        raise Invalid(problem, code="no-words", fields={"words": problem})
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by, Action.HANDLE_CASES)
        locking.check_handler(case, post)
        locking.check_open(case, states=(State.OPEN, State.PAUSED))
    with protection.working("cases.death"):
        others = lock_others(case)
        tell_others(others, noted=case, at=post.union, now=now)
        if not goes_on:
            check_alone(case)
            case.applicant = None
            stopping.stop(case, kind=EntryKind.DIED, by=by.account_id, words=words, now=now)
            return Death(case, "", handled_by(by.account, others))
        receipt = numbering.receipt()
        case.applicant = None
        give_to(case, receipt)
        case.changed_at = now
        case.save(update_fields=["applicant", "owner_digest", "answers", "changed_at"])
        timeline.write_entry(
            case,
            EntryKind.DIED,
            now=now,
            by=by.account_id,
            union=post.union,
            words=words,
            facts={"goes_on": True},
            is_public=True,
        )
    return Death(case, receipt, handled_by(by.account, others))


def lock_others(case: Case) -> list[Case]:
    """The other open cases of whoever asked for `case`, locked: by the same account, or of the same
    person. None that was filed unknown: who asked for it stays unknown. As background work."""
    same = Q(owner_digest=case.owner_digest)
    if case.person_id is not None:
        same |= Q(person_id=case.person_id)
    found = Case.objects.filter(
        same, state__in=[State.OPEN, State.PAUSED], is_anonymous=False
    ).exclude(pk=case.pk)
    held = found.select_for_update(of=("self",)).select_related(*locking.RELATED)
    return list(held.order_by("pk"))


def tell_others(others: Sequence[Case], *, noted: Case, at: Union, now: dt.datetime) -> None:
    """The other cases of the dead say on their timeline, to officers alone, that their applicant
    has died and which union has heard it; the officers of other unions are told. Each case once.
    From a complaint nobody is told: that there is one would be told with it."""
    if noted.is_complaint:
        return
    for case in others:
        if case.entries.filter(kind=EntryKind.DIED).exists():
            continue
        facts = {"from": str(at.pk)}
        timeline.write_entry(case, EntryKind.DIED, now=now, union=at, facts=facts)
        if case.handler_id != at.pk:
            telling.tell_officers(
                case, case.handler, "desk.case_applicant_died", now=now, facts={"heard": at.name}
            )


def handled_by(account: Account, cases: Sequence[Case]) -> list[Case]:
    """Those of `cases` that `account` sees and may act on. Two queries, none without any."""
    if not cases:
        return []
    posts = holding(current_posts(account), Action.HANDLE_CASES)
    with protection.viewing(account=account.pk):
        seen = visible_cases(posts, account=account).filter(pk__in=[case.pk for case in cases])
        pks = set(seen.values_list("pk", flat=True))
    return [
        case
        for case in cases
        if case.pk in pks
        and case.applicant_id != account.pk
        and any(post.scope.covers(case.handler_path) for post in posts)
    ]


def give_to(case: Case, receipt: str) -> None:
    """A locked case is that of a receipt from now on. The caller saves it."""
    case.owner_digest = owner_of_receipt(receipt)
    if case.sealed_key:
        told = texting.without_texts(timeline.told_in(case))
        timeline.seal_told(case, told | {"receipt": kept_of_receipt(receipt)})


@transactions.atomic
def note_move(*, membership_id: uuid.UUID, to: Union, now: dt.datetime) -> int:
    """The applicant's membership has moved to another union, perhaps in another province: their
    open services stay where they are handled, so that nothing begins anew, and the officers are
    told, who may give them on (`transfer_case`). The same move once; says how many cases it was.
    Complaints are left alone: nothing in the clear leads from them to their applicant."""
    person_id = Membership.objects.values_list("person_id", flat=True).get(pk=membership_id)
    facts = {"membership": str(membership_id), "to": str(to.pk)}
    with protection.working("cases.move"):
        running = (
            Case.objects.filter(person_id=person_id, state__in=[State.OPEN, State.PAUSED])
            .select_for_update(of=("self",))
            .select_related(*locking.RELATED)
        )
        noted = 0
        for case in running:
            if to.path.startswith(case.handler_path):
                continue
            last = case.entries.filter(kind=EntryKind.MOVED).order_by("-number").first()
            if last is not None and last.facts == facts:
                continue
            timeline.write_entry(case, EntryKind.MOVED, now=now, facts=facts, is_public=True)
            telling.tell_officers(
                case, case.handler, "desk.case_moved_away", now=now, facts={"to": to.name}
            )
            noted += 1
    return noted
