"""What happens in the life of whoever asked: they move away; they die."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.rules import numbering
from niangjia.cases.selectors import owner_of_receipt
from niangjia.cases.selectors.owners import kept_of_receipt
from niangjia.cases.services import locking, stopping, telling, timeline
from niangjia.cases.services.speaking import check_alone
from niangjia.core import protection, transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Membership, Post
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union

FAMILY_MIN_LENGTH = 5
FAMILY_MAX_LENGTH = 500


@transactions.atomic
def note_death(
    *, by: Post, case_id: uuid.UUID, goes_on: bool, words: str, now: dt.datetime
) -> tuple[Case, str]:
    """The applicant has died. What their family goes on with (wages that are owed belong to the
    estate: Civil Code, Article 1122) is theirs from now on: they are given a receipt, which this
    answers and nothing keeps, and no notice goes to the dead any more. What only helped the person
    ends, without asking anybody to rate it. `words` say who told, or whom of the family to reach.

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
        if not goes_on:
            check_alone(case)
            case.applicant = None
            stopping.stop(case, kind=EntryKind.DIED, by=by.account_id, words=words, now=now)
            return case, ""
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
    return case, receipt


def give_to(case: Case, receipt: str) -> None:
    """A locked case is that of a receipt from now on. The caller saves it."""
    case.owner_digest = owner_of_receipt(receipt)
    if case.sealed_key:
        told = timeline.told_in(case) | {"receipt": kept_of_receipt(receipt)}
        timeline.seal_told(case, told)


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
