"""Messages from the portal, and letters on paper: calls that nobody hears ring."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.cases import services as cases
from niangjia.cases.rules import numbering
from niangjia.cases.selectors import owner_of_account, owner_of_receipt
from niangjia.cases.selectors.owners import kept_of_receipt
from niangjia.cases.services import AboutOfficer
from niangjia.cases.services.about_officers import check_who, kept_from
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.hotline.models import Call, CallState, Channel, Line, Way, WorkOrder
from niangjia.hotline.selectors.lines import line_left
from niangjia.hotline.services import beginning, calls, sealing
from niangjia.hotline.services.sealing import Note
from niangjia.members.models import Account, Post
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles

LONGEST = 3000
#: How many of one's own messages are shown.
SHOWN = 10
#: From one account; visitors are held back by their address, in the pages and the API.
MESSAGES = (Limit(5, 3600), Limit(10, 86_400))


@dataclass(frozen=True)
class Written:
    """A message that has arrived, and the receipt of whoever has no account: shown once."""

    call: Call
    receipt: str = ""


@transactions.atomic
def write_message(
    *,
    line: Line,
    words: str,
    name: str = "",
    phone: str = "",
    account: Account | None = None,
    officer: AboutOfficer | None = None,
    now: dt.datetime,
) -> Written:
    """Write to the hotline. It waits like a call, and is answered where it can be read again: under
    one's account, or with the receipt. Nothing but what was typed says who wrote. About `officer`,
    somebody at a union: whoever is called so there is never shown it, at whatever line (ADR 158);
    where nobody else answers this one, it waits at the next above.

    Raises `Invalid` on `words` and `officer`, `Conflict` while the line is closed, `Throttled` for
    an account.
    """
    check_words(words)
    if not line.is_open:
        raise Conflict(_("This hotline takes no messages just now."), code="line-closed")
    if account is not None:
        throttles.take("hotline-message", str(account.pk), MESSAGES, now=now)
    receipt = "" if account else numbering.receipt()
    about = said_about(officer)
    excluded = excluded_by(officer)
    call = beginning.begin_call(
        line=line_left(line, excluded),
        channel=Channel.PORTAL,
        rang_at=now,
        excluded_ids=excluded,
    )
    call.owner_digest = owner_of_account(account.pk) if account else owner_of_receipt(receipt)
    kept = kept_of_receipt(receipt) if receipt else ""
    note = Note(words.strip(), name, phone, receipt=kept, **about)
    if account is not None:
        known = account.person.name if account.person else name
        note = Note(words.strip(), known, account.phone, str(account.pk), **about)
    sealing.seal_note(call, note)
    with protection.working("hotline.message"):
        call.save(force_insert=True)
    return Written(call, receipt)


def said_about(officer: AboutOfficer | None) -> dict[str, str]:
    """What is sealed of it. Raises `Invalid` on `officer`."""
    if officer is None:
        return {}
    return {"officer_union": officer.union.number, "officer": check_who(officer.who)}


def excluded_by(officer: AboutOfficer | None) -> list[uuid.UUID]:
    """From whom a message is kept. One query at most."""
    return list(kept_from([], officer, None).excluded_ids)


@transactions.atomic
def enter_letter(
    *,
    by: Post,
    line: Line,
    words: str,
    name: str = "",
    phone: str = "",
    arrived_at: dt.datetime,
    now: dt.datetime,
) -> Call:
    """Enter a letter that came on paper; whoever enters it has it in hand at once.

    Raises `Invalid` on `words`, and on `arrived_at` for a day that has not come.
    """
    check_words(words)
    if arrived_at > now:
        problem = _("A letter cannot arrive later than now.")
        raise Invalid(problem, code="bad-moment", fields={"arrived_at": problem})
    call = beginning.begin_call(line=line, channel=Channel.PAPER, rang_at=arrived_at)
    beginning.set_number(call, phone)
    sealing.seal_note(call, Note(words=words.strip(), name=name, phone=phone))
    call.state, call.agent, call.taken_at = CallState.TAKEN, by.account, now
    with protection.viewing(account=by.account_id):
        call.save(force_insert=True)
        calls.record(call, by, "letter_entered")
    return call


@dataclass(frozen=True)
class Standing:
    """Where a message stands for whoever wrote it: their words, what became of them, and the token
    of the link by which an answer is rated."""

    call: Call
    words: str
    order: WorkOrder | None = None
    answer: str = ""
    rating_token: str = ""
    case_number: str = ""


def read_message(*, receipt: str) -> Standing:
    """The message of a receipt, as typed, for whoever wrote it. Raises `NotFound` on
    `receipt`."""
    found = list_own_messages(owner=cases.come_with(receipt=receipt))
    if not found:
        problem = _("No message has this receipt. Look at each letter once more.")
        raise NotFound(problem, fields={"receipt": problem})
    return found[0]


def list_own_messages(*, owner: bytes) -> list[Standing]:
    """The latest messages of an account or a receipt, the newest first, with what became of them.
    Two queries."""
    with protection.viewing(receipt=owner):
        found = Call.objects.filter(owner_digest=owner, channel=Channel.PORTAL)
        calls = list(found.prefetch_related("orders__case").order_by("-id")[:SHOWN])
        return [standing_of(call) for call in calls]


def standing_of(call: Call) -> Standing:
    """Where a message stands. In the scope of whoever wrote it."""
    order = max(call.orders.all(), key=lambda each: each.pk, default=None)
    words = sealing.note_of(call).words
    if order is None:
        return Standing(call, words)
    said = sealing.opened_json(order, "words") if order.way == Way.ANSWERED else {}
    return Standing(
        call,
        words,
        order,
        answer=said.get("answer", ""),
        rating_token=said.get("rating", ""),
        case_number=order.case.number if order.case else "",
    )


def check_words(words: str) -> None:
    """Raises `Invalid` for nothing, or for more than can be read."""
    if not 5 <= len(words.strip()) <= LONGEST:
        problem = _("Write at least a sentence, and at most 3,000 characters.")
        raise Invalid(problem, code="bad-words", fields={"words": problem})
