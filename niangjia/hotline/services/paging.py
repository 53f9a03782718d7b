"""Fetching a person when something cannot wait: at once, the next one when nobody answers.

The order's `page_at` says when somebody has to look again. It is set in the transaction that makes
an order urgent, and only an acknowledgement or the end of the matter clears it; so that whatever
dies in between, the next look goes on where it stopped.
"""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from niangjia.cases import services as cases
from niangjia.cases.services import telling
from niangjia.core import protection, transactions
from niangjia.core.crypto import new_token, token_digest
from niangjia.core.errors import Invalid, NotFound, Unavailable
from niangjia.hotline.clients import paging as client
from niangjia.hotline.models import (
    OrderEntryKind,
    Page,
    PageWay,
    UrgentKind,
    WorkOrder,
)
from niangjia.hotline.rules import on_call
from niangjia.hotline.selectors.on_call import list_on_call, people_to_page
from niangjia.hotline.services import history
from niangjia.members.models import Account, Post

logger = logging.getLogger(__name__)
#: The job that pages; `tasks.page` is registered under this name.
PAGE = "niangjia.hotline.page"
#: So many people are tried at once when the gateway takes no page; the others a minute later.
AT_ONCE = 5
#: A page that was written and not sent within this was cut off: it is sent again.
SENT_WITHIN = dt.timedelta(seconds=45)
#: With nobody to page, somebody looks again so much later: posts and lists change.
NOBODY_AGAIN = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Message:
    """A page that is to be sent: outside any transaction, because a gateway may be slow."""

    page_id: uuid.UUID
    phone: str
    way: str
    number: str
    token: str


@transactions.atomic
def flag_urgent(*, by: Post, order_id: uuid.UUID, kind: str, now: dt.datetime) -> WorkOrder:
    """Somebody is in danger, and it was not seen at first: fetch a person now, and let the union
    that has the case know that it is due today (`cases.make_urgent`). Twice is once. Raises
    `Invalid` on `kind`, `Conflict` "other-state" once it is settled."""
    if kind not in UrgentKind.values:
        problem = _("Say what cannot wait.")
        raise Invalid(problem, code="unknown-kind", fields={"kind": problem})
    with protection.viewing(account=by.account_id):
        order, post = history.lock_order(by, order_id)
        if order.urgent == kind:
            return order
        history.check_open(order)
    with protection.working("hotline.paging"):
        order.urgent = kind
        order.respond_by = now + dt.timedelta(minutes=order.line.urgent_minutes)
        order.save(update_fields=["urgent", "respond_by"])
        if order.case is not None:
            order.case = cases.make_urgent(
                case_id=order.case.pk, by=post.account_id, union=order.line.union, now=now
            )
        history.write(
            order, OrderEntryKind.FLAGGED, now=now, by=post.account_id, facts={"kind": kind}
        )
        fetch(order, now=now)
    return order


@transactions.atomic
def begin(*, order_id: uuid.UUID, now: dt.datetime) -> None:
    """A new order cannot wait: page somebody. The same again changes nothing."""
    with protection.working("hotline.paging"):
        order = history.lock_at_work(pk=order_id)
        if order and order.urgent and order.page_at is None and not order.pages.exists():
            fetch(order, now=now)


def fetch(order: WorkOrder, *, now: dt.datetime) -> None:
    """From now on somebody has to come. In the caller's transaction, together with the job that
    does it: neither exists without the other."""
    order.page_at, order.acknowledged_at, order.acknowledged_by = now, None, None
    order.save(update_fields=["page_at", "acknowledged_at", "acknowledged_by"])
    if order.case is not None:
        telling.tell_officers(
            order.case,
            order.line.union,
            "desk.order_urgent",
            now=now,
            facts={"order": order.number},
        )
    app.configure_task(PAGE, queue="outbox").defer(order_id=str(order.pk))


def page_next(*, order_id: uuid.UUID, now: dt.datetime) -> bool:
    """Page whoever is next about an order, if it is time; says whether a message went out. Whom
    the gateway refuses, the next one follows at once."""
    for _try in range(AT_ONCE):
        message = write_page(order_id=order_id, now=now)
        if message is None:
            return False
        if send(message, now=now):
            return True
    return False


@transactions.atomic
def write_page(*, order_id: uuid.UUID, now: dt.datetime) -> Message | None:
    """Decide whom to page and write it down, before the message leaves. None when nobody has to be
    paged now. A page that was written and never sent goes out under a new link."""
    with protection.working("hotline.paging"):
        order = history.lock_at_work(pk=order_id, page_at__lte=now)
        if order is None:
            return None
        cut_off = order.pages.filter(
            sent_at=None, failed_at=None, asked_at__lte=now - SENT_WITHIN
        ).first()
        page = cut_off or next_page(order, now=now)
        if page is None:
            order.page_at = now + NOBODY_AGAIN
            order.save(update_fields=["page_at"])
            logger.warning("nobody to page about order %s", order.number)
            return None
        token = new_token()
        page.token_digest, page.asked_at = token_digest(token), now
        page.save()
        order.page_at = now + dt.timedelta(minutes=order.line.page_minutes)
        order.save(update_fields=["page_at"])
        facts = {"to": str(page.account_id), "way": page.way, "round": page.round}
        history.write(order, OrderEntryKind.PAGED, now=now, facts=facts)
        return Message(page.pk, str(page.account.phone), page.way, order.number, token)


def next_page(order: WorkOrder, *, now: dt.datetime) -> Page | None:
    """A page, not saved yet, for the next in turn; None with nobody to page."""
    rounds: dict[int, set[uuid.UUID]] = {}
    for account, number in order.pages.values_list("account_id", "round"):
        rounds.setdefault(number, set()).add(account)
    turn = on_call.next_in_turn(
        people_to_page(order, now=now), [rounds[number] for number in sorted(rounds)]
    )
    if turn is None:
        return None
    number, account = turn
    duty = list_on_call(order.line).filter(account_id=account).first()
    return Page(
        order=order,
        account=Account.objects.get(pk=account),
        round=number,
        way=duty.way if duty else PageWay.VOICE,
    )


def send(message: Message, *, now: dt.datetime) -> bool:
    """Send one page, outside any transaction, and write down whether it went out."""
    link = settings.PUBLIC_URL + reverse("hotline:page", args=[message.token])
    try:
        client.client().page(phone=message.phone, way=message.way, number=message.number, link=link)
        sent = True
    except Unavailable:
        sent = False
    note_sending(page_id=message.page_id, sent=sent, now=now)
    return sent


@transactions.atomic
def note_sending(*, page_id: uuid.UUID, sent: bool, now: dt.datetime) -> None:
    """Whether a page went out. After one that did not the next person is due at once."""
    with protection.working("hotline.paging"):
        page = Page.objects.get(pk=page_id)
        if sent:
            page.sent_at = now
        else:
            page.failed_at = now
            WorkOrder.objects.filter(pk=page.order_id, page_at__isnull=False).update(page_at=now)
        page.save(update_fields=["sent_at", "failed_at"])


def sweep(*, now: dt.datetime) -> int:
    """Every order somebody still has to come for, whatever became of its job; says how many pages
    went out."""
    with protection.working("hotline.paging"):
        due = list(
            WorkOrder.objects.filter(page_at__lte=now)
            .order_by("page_at")
            .values_list("pk", flat=True)
        )
    sent = 0
    for order_id in due:
        try:
            sent += page_next(order_id=order_id, now=now)
        except Exception:
            logger.exception("nobody could be paged about order %s", order_id)
    return sent


@transactions.atomic
def acknowledge_link(*, token: str, now: dt.datetime) -> tuple[WorkOrder, bool]:
    """Whoever was paged comes, and says so by the link they were sent: the order, and whether it is
    theirs. Twice is once; a colleague who was faster stays the one who came. Raises `NotFound` for
    a link that is none."""
    with protection.working("hotline.paging"):
        order, page = access_page(token)
        order = history.lock_at_work(pk=order.pk) or order
        take_on(order, page.account, now=now)
        if page.acknowledged_at is None:
            page.acknowledged_at = now
            page.save(update_fields=["acknowledged_at"])
    return order, order.acknowledged_by_id == page.account_id


def access_page(token: str) -> tuple[WorkOrder, Page]:
    """The page of a link, with its order. As background work. Raises `NotFound`."""
    found = (
        Page.objects.select_related("order__line", "order__acknowledged_by", "account")
        .filter(token_digest=token_digest(token))
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found.order, found


@transactions.atomic
def acknowledge(*, by: Post, order_id: uuid.UUID, now: dt.datetime) -> WorkOrder:
    """An officer of the line takes an urgent order on, at the desk. Twice is once."""
    with protection.viewing(account=by.account_id):
        order, post = history.lock_order(by, order_id)
    with protection.working("hotline.paging"):
        take_on(order, post.account, now=now)
    return order


def take_on(order: WorkOrder, account: Account, *, now: dt.datetime) -> None:
    """Somebody has come for a locked order: nobody else is fetched. As background work."""
    if order.acknowledged_at is not None or not order.urgent:
        return
    order.page_at, order.acknowledged_at, order.acknowledged_by = None, now, account
    order.save(update_fields=["page_at", "acknowledged_at", "acknowledged_by"])
    late = order.respond_by is not None and now > order.respond_by
    history.write(order, OrderEntryKind.ACKNOWLEDGED, now=now, by=account.pk, facts={"late": late})
