"""Taking part in a group by its code."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseGroup, GroupMember, JoinedBy, MemberState
from niangjia.cases.rules import numbering
from niangjia.cases.rules.groups import NAME_LENGTH
from niangjia.cases.selectors import owner_of_account, owner_of_receipt
from niangjia.cases.selectors.groups import code_digest, is_kept_from, phone_digest
from niangjia.cases.selectors.owners import kept_of_receipt
from niangjia.cases.services import locking, texting
from niangjia.cases.services.groups.opening import OPEN_STATES, add_member
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account
from niangjia.members.rules import phones


@dataclass(frozen=True)
class Joined:
    """A part in a group, and the receipt of whoever has no account: shown once."""

    member: GroupMember
    case: Case
    receipt: str = ""


@transactions.atomic
def join_group(
    *,
    code: str,
    account: Account | None,
    name: str,
    phone: str,
    may_text: bool = False,
    now: dt.datetime,
) -> Joined:
    """Take part in the case of a code, with an account or with a receipt that is made; twice is
    once. Whoever was taken out does not come back by it. Without an account they may agree to text
    messages to `phone` when there is news (`may_text`, ADR 174).

    A wrong code, a case that is over and somebody on the side of the accused employer are answered
    alike, so that the code tells nobody whom it is about. Raises `Invalid` on `code`, `name`,
    `phone`.
    """
    name, phone = check_person(name, phone)
    news_to = texting.agreed_number(phone) if may_text and account is None else ""
    with protection.working("cases.group"):
        case = find_case(code)
        if case is None or (account and is_kept_from(account.pk, case)):
            raise no_group()
        receipt = "" if account else numbering.receipt()
        owner = owner_of_account(account.pk) if account else owner_of_receipt(receipt)
        held = GroupMember.objects.filter(case=case, owner_digest=owner).first()
        if held and held.state == MemberState.REMOVED:
            raise no_group()
        if held and held.state == MemberState.JOINED:
            return Joined(held, case)
        check_phone_is_new(case, phone)
        joined_by = JoinedBy.ACCOUNT if account else JoinedBy.RECEIPT
        member = add_member(
            case,
            owner=owner,
            name=name,
            phone=phone,
            account=account,
            joined_by=joined_by,
            kept=kept_of_receipt(receipt) if receipt else "",
            news_to=news_to,
            now=now,
        )
        return Joined(member, case, receipt)


def find_case(code: str) -> Case | None:
    """The open case of a code, locked. As background work."""
    group = CaseGroup.objects.filter(code_digest=code_digest(code)).first()
    if group is None:
        return None
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related(*locking.RELATED)
        .filter(pk=group.case_id, state__in=OPEN_STATES)
        .first()
    )


def check_person(name: str, phone: str) -> tuple[str, str]:
    """A name and a mobile number as they are kept. Raises `Invalid` on both at once."""
    name, problems = " ".join(name.split()), {}
    if not 2 <= len(name) <= NAME_LENGTH:
        problems["name"] = _("Write the name, in 2 to 40 characters.")
    try:
        phone = phones.normalised(phone)
    except Invalid as refusal:
        problems.update(refusal.fields)  # type: ignore[arg-type]
    if problems:
        raise Invalid(next(iter(problems.values())), code="bad-person", fields=problems)
    return name, phone


def check_phone_is_new(case: Case, phone: str) -> None:
    """Raise `Conflict` when somebody with this number takes part already."""
    number = phone_digest(case.pk, phone)
    if GroupMember.objects.filter(
        case=case, phone_digest=number, state=MemberState.JOINED
    ).exists():
        problem = _("Somebody with this number takes part already.")
        raise Conflict(problem, code="phone-known", fields={"phone": problem})


def no_group() -> Invalid:
    problem = _("This code opens no group. Ask whoever gave it to you.")
    return Invalid(problem, code="no-group", fields={"code": problem})
