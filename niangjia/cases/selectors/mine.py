"""What Mine says about one's matters with the union."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from niangjia.cases.models import Case, State
from niangjia.cases.selectors.cases import list_own_cases
from niangjia.cases.selectors.items import document_of
from niangjia.cases.selectors.owners import owner_of_account
from niangjia.core import protection
from niangjia.core.prepared import asked, together
from niangjia.members.models import Account
from niangjia.members.rules.mine import Line

#: As many open matters are looked at; whoever has more finds them in the list.
SHOWN = 20


def lines(account: Account, now: dt.datetime) -> Iterator[Line]:
    """The matters in which the next step is the applicant's own, and how many are under way. One
    query, and what says who looks."""
    owner = owner_of_account(account.pk)
    with protection.viewing(receipt=owner):
        own = list_own_cases(owner).exclude(state=State.CLOSED)
        [under_way] = together(asked(own.order_by("next_due_at")[:SHOWN]))
    for case in under_way:
        if line := own_turn(case):
            yield line
    yield Line(
        title=_("My cases"),
        hint=how_far(under_way, now),
        url=reverse("cases:mine"),
        icon="folder-open",
    )


def own_turn(case: Case) -> Line | None:
    """The line of a case that waits for its applicant."""
    item = document_of(case.snapshot_id)
    step = item.step(case.step)
    if case.state != State.OPEN or step is None or step.by != "applicant":
        return None
    return Line(
        title=str(item.name),
        hint=_("Your turn: %(step)s") % {"step": step.name},
        url=reverse("cases:own_case", args=[case.number]),
        icon="message-circle-reply",
        waits=True,
    )


def how_far(under_way: list[Case], now: dt.datetime) -> str:
    """How many are under way and when one next hears of one; first that some are late."""
    if not under_way:
        return _("What you asked your union for, and how far it is")
    many = _("%(count)s under way") % {
        "count": f"{SHOWN}+" if len(under_way) == SHOWN else len(under_way)
    }
    if late := sum(case.is_late(now) for case in under_way):
        return f"{many} · " + _("%(count)s late") % {"count": late}
    due = next((case.next_due_at for case in under_way if case.next_due_at > now), None)
    if due is None:
        return many
    return f"{many} · " + _("next date %(day)s") % {"day": date_format(localdate(due))}
