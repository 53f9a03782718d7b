"""What is said for a group."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind, GroupMember, Representative
from niangjia.cases.rules import groups as rules
from niangjia.cases.services import telling, timeline
from niangjia.cases.services.groups import electing
from niangjia.cases.services.speaking import check_words
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict


@transactions.atomic
def speak_for_group(*, owner: bytes, case_id: uuid.UUID, words: str, now: dt.datetime) -> CaseEntry:
    """A representative writes to the union for everybody; as long as nobody is chosen, each member
    does for themselves. Raises `Conflict` "represented", `Invalid` on `words`."""
    words = check_words(words)
    with protection.working("cases.group"):
        case, member = electing.lock_member(owner, case_id)
        if not may_speak(case, member):
            raise Conflict(
                _("Those you chose speak for the group. Tell them what you want to say."),
                code="represented",
            )
        entry = timeline.write_entry(
            case,
            EntryKind.MESSAGE,
            now=now,
            words=words,
            facts={"member": str(member.pk)},
            is_public=True,
        )
        telling.tell_officers(case, case.handler, "desk.case_message", now=now)
    return entry


def may_speak(case: Case, member: GroupMember) -> bool:
    """Whether a member's words are the group's (`rules.groups.may_speak`). As background work."""
    elected = Representative.objects.filter(
        member__case=case, ended_at=None, elected_at__isnull=False
    )
    return rules.may_speak(member.pk, set(elected.values_list("member_id", flat=True)))
