"""A list of members that an officer enters."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EntryKind, JoinedBy
from niangjia.cases.rules import numbering
from niangjia.cases.rules.groups import MOST_ROWS
from niangjia.cases.selectors import owner_of_receipt
from niangjia.cases.selectors.owners import kept_of_receipt
from niangjia.cases.services import locking, timeline
from niangjia.cases.services.groups.joining import check_person, check_phone_is_new
from niangjia.cases.services.groups.opening import OPEN_STATES, add_member, opened
from niangjia.core import protection, transactions
from niangjia.core.errors import DomainError, Invalid, Text
from niangjia.members.models import Post


@dataclass(frozen=True)
class EnteredMember:
    """Somebody of a list, with the receipt to be handed to them: shown once."""

    name: str
    receipt: str


@transactions.atomic
def enter_members(
    *, by: Post, case_id: uuid.UUID, rows: Sequence[tuple[str, str]], now: dt.datetime
) -> list[EnteredMember]:
    """Everybody of a list (names and mobile numbers) takes part from now on, each with a receipt
    of their own; or nobody, and each wrong row is named. Raises `Invalid` on `rows`, the field
    "1", "2", … for each wrong row."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
    if not 1 <= len(rows) <= MOST_ROWS:
        problem = _("A list has 1 to 500 people.")
        raise Invalid(problem, code="bad-list", fields={"rows": problem})
    with protection.working("cases.group"):
        opened(case, by=by.account_id, now=now)
        people = check_rows(case, rows)
        entered = []
        for name, phone in people:
            receipt = numbering.receipt()
            add_member(
                case,
                owner=owner_of_receipt(receipt),
                name=name,
                phone=phone,
                account=None,
                joined_by=JoinedBy.LIST,
                kept=kept_of_receipt(receipt),
                now=now,
            )
            entered.append(EnteredMember(name, receipt))
        timeline.write_entry(
            case,
            EntryKind.GROUP,
            now=now,
            by=by.account_id,
            union=case.handler,
            facts={"what": "entered", "count": len(entered)},
            is_public=True,
        )
    return entered


def check_rows(case: Case, rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The people of a list as they are kept. Raises `Invalid` with a word for each wrong row."""
    people: list[tuple[str, str]] = []
    problems: dict[str, Text] = {}
    seen: dict[str, int] = {}
    for number, (name, phone) in enumerate(rows, start=1):
        try:
            person = check_person(name, phone)
            check_phone_is_new(case, person[1])
        except DomainError as refusal:
            problems[str(number)] = refusal.message
            continue
        if person[1] in seen:
            problems[str(number)] = _("The same number as in row %(row)s.") % {
                "row": seen[person[1]]
            }
        seen.setdefault(person[1], number)
        people.append(person)
    if problems:
        raise Invalid(
            _("Some rows are wrong. Nobody has been entered yet."), code="bad-rows", fields=problems
        )
    return people
