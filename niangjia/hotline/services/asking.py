"""Asking how an answer on the spot was: everybody, and never by whoever gave it (S7, 好差评).

A caller presses a key once the agent has hung up: the telephone system asks, and reports it, so
that whoever stays unknown is asked as well and nobody at the desk has a hand in it. Whoever wrote
finds the question beside the answer. Who agrees to a text message is sent a link, unless they have
said it by then; with a letter goes a code. A sample is called back besides (`following`).
"""

import datetime as dt
import logging
import uuid
from contextlib import suppress

from django.conf import settings
from procrastinate.contrib.django import app

from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, TooLate
from niangjia.feedback import services as feedback
from niangjia.feedback.models import Channel as RatedBy
from niangjia.feedback.selectors import find_latest_invitation, find_rating
from niangjia.hotline.clients import telephony
from niangjia.hotline.models import AskedBy, Call, Channel, OrderEntryKind, Way, WorkOrder
from niangjia.hotline.services import contacts, history, sealing
from niangjia.members.clients import sms
from niangjia.members.models import Account

logger = logging.getLogger(__name__)
#: The job that sends a link; `tasks.text_link` is registered under this name.
TEXT = "niangjia.hotline.text_link"
#: Whoever may be sent a text message has so long to press a key first.
TEXT_AFTER = dt.timedelta(minutes=10)
#: What the message is called at the gateway; its one parameter, `code`, is the token of the link.
TEMPLATE = "hotline_rating"


def ask(order: WorkOrder, *, now: dt.datetime) -> None:
    """Ask about a locked order that was answered on the spot. As background work."""
    call = order.call
    note = sealing.note_of(call)
    account = Account.objects.filter(pk=note.account, is_active=True) if note.account else None
    token = contacts.invite(order, account=account.first() if account else None, now=now).token
    words = sealing.opened_json(order, "words")
    if call.channel == Channel.PORTAL:
        ways = [AskedBy.LINK]
    elif call.channel == Channel.PAPER:
        ways = [AskedBy.CODE]
    else:
        ways = [AskedBy.KEY] if call.external_id and telephony.client().asks else []
    texts = bool(words.get("may_text"))
    if token is not None and (texts or call.channel == Channel.PORTAL):
        sealing.seal_json(order, "words", words | {"rating": token})
        order.save(update_fields=["words"])
    if ways:
        history.write(order, OrderEntryKind.ASKED, now=now, facts={"ways": ways})
    if texts:
        task = app.configure_task(TEXT, queue="keeping", schedule_at=now + TEXT_AFTER)
        task.defer(order_id=str(order.pk))


@transactions.atomic
def note_pressed(*, call_id: uuid.UUID, now: dt.datetime) -> None:
    """After a call its caller pressed a key. What stands answered takes it now, the latest matter
    first; an agent who still writes is not waited for: `following.note_answered` takes it then. The
    key of a call that became a case rates nothing: that is asked about when it is settled."""
    with protection.working("hotline.pressed"):
        wanted = {"call_id": call_id, "way": Way.ANSWERED, "handled_at__isnull": False}
        newest = WorkOrder.objects.filter(**wanted).order_by("-pk").values_list("pk", flat=True)
        order = history.lock_at_work(pk=newest.first())
        if order is not None:
            rate_by_key(order, now=now)


def rate_by_key(order: WorkOrder, *, now: dt.datetime) -> int | None:
    """Make the key that was pressed after the call of a locked order a rating of it: one key, one
    rating. Says at which level the order is rated by now, if it is. As background work."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=order.call_id)
    invitation = find_latest_invitation(contacts.SUBJECT, order.pk)
    if call.pressed is not None and invitation is not None:
        with suppress(Conflict, TooLate):
            feedback.rate(
                invitation=invitation,
                channel=RatedBy.KEYPAD,
                level=call.pressed,
                now=now,
            )
        call.pressed = None
        call.save(update_fields=["pressed"])
    rating = find_rating(contacts.SUBJECT, order.pk)
    return rating.level if rating else None


def text_link(*, order_id: uuid.UUID, now: dt.datetime) -> bool:
    """Send the link to whoever agreed to it and has not rated yet; says whether it went out. Sent
    outside any transaction, because a gateway may be slow. Raises `Unavailable`: it is tried again,
    and a message that went out twice is better than none."""
    message = link_to_send(order_id=order_id)
    if message is None:
        return False
    phone, token = message
    sms.client().send(phone=phone, template=TEMPLATE, code=token, language=settings.LANGUAGE_CODE)
    note_texted(order_id=order_id, now=now)
    return True


@transactions.atomic
def link_to_send(*, order_id: uuid.UUID) -> tuple[str, str] | None:
    """The number and the token of the link; None once it was sent or they have rated."""
    with protection.working("hotline.texting"):
        order = history.lock_at_work(pk=order_id)
        if order is None or find_rating(contacts.SUBJECT, order.pk) is not None:
            return None
        words = sealing.opened_json(order, "words")
        if not words.get("may_text") or not words.get("rating"):
            return None
        return words["phone"], words["rating"]


@transactions.atomic
def note_texted(*, order_id: uuid.UUID, now: dt.datetime) -> None:
    """The link went out: it is kept no longer."""
    with protection.working("hotline.texting"):
        order = history.lock_at_work(pk=order_id)
        if order is None:
            return
        words = sealing.opened_json(order, "words")
        if words.pop("rating", None) is not None:
            sealing.seal_json(order, "words", words)
            order.save(update_fields=["words"])
            history.write(order, OrderEntryKind.ASKED, now=now, facts={"ways": [AskedBy.TEXT]})
