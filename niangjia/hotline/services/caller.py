"""What is known of a caller, for an agent who says why they look."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case
from niangjia.cases.selectors import person_digest, visible_cases
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Invalid
from niangjia.core.prepared import Asked, asked
from niangjia.hotline.models import Call, Ending
from niangjia.hotline.rules import repeats
from niangjia.hotline.selectors import number_digests, visible_calls
from niangjia.hotline.services import sealing
from niangjia.hotline.services.locking import lock_own_call
from niangjia.members.models import Account, Post
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles

#: Promise 8: an agent takes so many calls by hand; whoever asks for more is collecting.
LOOK_UPS = (Limit(60, 3600), Limit(200, 86_400))
SHOWN = 10


@dataclass(frozen=True)
class Earlier:
    """An earlier matter of the same number: nothing that is sealed."""

    case: Case
    at: dt.datetime


@dataclass(frozen=True)
class Repeats:
    """How a number behaved lately at this line."""

    abusive: int = 0
    silent: int = 0
    is_marked: bool = False


@transactions.atomic
def read_caller(
    *, by: Post, posts: Sequence[Post], call_id: uuid.UUID, purpose: str, now: dt.datetime
) -> list[Earlier]:
    """The earlier cases of the number that calls, as far as the agent may see them, for a purpose
    (`members.rules.purposes.stated`): recorded, and shown to whose they are (promise 6). The number
    a call shows proves nothing, so no word of a case is shown, only that there is one.

    Raises `Conflict` for a call that is not theirs, `Invalid` "purpose-needed", `Throttled`.
    """
    if not purpose:
        problem = _("Choose a purpose.")
        raise Invalid(problem, code="purpose-needed", fields={"purpose": problem})
    throttles.take("hotline-caller", str(by.account_id), LOOK_UPS, now=now)
    with protection.viewing(account=by.account_id):
        call = lock_own_call(by, call_id)
        person = person_of(call)
        mine = Q(work_order__call__in=calls_from(call, [by]))
        if person is not None:
            mine |= Q(person_digest=person_digest(person))
        found = (
            visible_cases(posts, account=by.account)
            .filter(mine)
            .select_related("handler")
            .order_by("-id")[:SHOWN]
        )
        earlier = [Earlier(case, case.opened_at) for case in found]
        audit.record(
            action="hotline.caller_read",
            by=by.account_id,
            subject=f"hotline-call:{call.pk}",
            union_id=call.line.union_id,
            person_id=person,
            purpose=purpose,
            details={"cases": len(earlier)},
        )
    return earlier


def calls_from(call: Call, posts: Sequence[Post]) -> QuerySet[Call]:
    """The other calls from the number of `call`; none from a hidden one."""
    found = visible_calls(posts, account=posts[0].account).exclude(pk=call.pk)
    return found.filter(number_digest__in=number_digests(sealing.opened(call, "number")))


def person_of(call: Call) -> uuid.UUID | None:
    """Whose account has the number that calls, if anybody's."""
    number = sealing.opened(call, "number")
    if not number:
        return None
    account = Account.objects.by_phone(number)
    return account.person_id if account and account.is_active else None


def repeats_of(call: Call, now: dt.datetime) -> Asked[Repeats]:
    """The question how the number of a call behaved lately; of a hidden one nothing is known. In
    the scope of whoever answers the line."""
    line, others = call.line, Call.objects.exclude(pk=call.pk)
    abusive = Q(ending=Ending.ABUSIVE, rang_at__gt=now - dt.timedelta(days=line.abusive_days))
    silent = Q(ending=Ending.SILENT, rang_at__gt=now - repeats.SILENT_SPAN)
    same = Q(line=line, number_digest=call.number_digest) if call.number_digest else Q(pk__in=[])
    endings = others.filter(abusive | silent, same).values_list("ending", flat=True)

    def counted(found: list[str]) -> Repeats:
        times = found.count(Ending.ABUSIVE)
        marked = repeats.is_marked(times, line.abusive_calls)
        return Repeats(times, found.count(Ending.SILENT), marked)

    return asked(endings, counted)
