"""What a call becomes: an answer on the spot, or a case."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.cases import services as cases
from niangjia.cases.models import Case
from niangjia.cases.models import Way as CaseWay
from niangjia.cases.rules.content import Term
from niangjia.cases.rules.routing import HIGHEST_DEPTH
from niangjia.cases.services import AboutOfficer, Asking, Matter
from niangjia.cases.services.about_officers import check_who, kept_from
from niangjia.core import crypto, outbox, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.hotline.events import WorkOrderOpened
from niangjia.hotline.models import (
    Call,
    Channel,
    Ending,
    Grade,
    State,
    Topic,
    UrgentKind,
    Way,
    WorkOrder,
)
from niangjia.hotline.rules import numbering
from niangjia.hotline.selectors import access_article, access_topic
from niangjia.hotline.services import calls, sealing
from niangjia.hotline.services.locking import lock_own_call
from niangjia.hotline.services.said import Caller, Handed, Intake, Taken
from niangjia.hotline.services.sealing import Note
from niangjia.members.models import Account, Post
from niangjia.members.rules import phones
from niangjia.members.selectors.ties import untied
from niangjia.organisations.services import next_ids

WAYS = {
    Channel.PHONE: CaseWay.HOTLINE,
    Channel.PORTAL: CaseWay.HOTLINE,
    Channel.PAPER: CaseWay.PAPER,
}


@transactions.atomic
def answer_order(
    *,
    by: Post,
    call_id: uuid.UUID,
    intake: Intake,
    caller: Caller,
    matter: str,
    answer: str,
    article_key: str = "",
    officer: AboutOfficer | None = None,
    now: dt.datetime,
) -> Taken:
    """Answer on the spot: what was asked and what was said are kept, sealed, with the wording of
    the article that was read out. An urgent matter is never over with an answer. About `officer`,
    somebody at a union: neither the answer nor the call is shown to whoever is called so (ADR 158).

    Raises `NotFound`, `Conflict` "call-ended", "not-your-call", "already-taken", "agent-is-meant";
    `Invalid`, also on `officer`, and on `phone` where a text message may be sent and it is no
    mobile number.
    """
    if intake.urgent:
        problem = _("Something urgent needs somebody to act: open a case.")
        raise Invalid(problem, code="urgent-needs-case", fields={"urgent": problem})
    check_words(matter=matter, answer=answer)
    if officer is not None:
        check_who(officer.who)
    with protection.viewing(account=by.account_id):
        call, topic = begun(by, call_id, intake)
        article = access_article(call.line, article_key) if article_key else None
        order = new_order(
            call,
            topic,
            intake.urgent,
            now,
            grade=intake.grade or topic.grade,
            agent=by.account,
            way=Way.ANSWERED,
            article=article,
        )
        order.state = State.HANDLED
        order.excluded_ids = excluded_for(by, kept_from([], officer, None).excluded_ids)
        words = {"matter": matter, "answer": answer, **who(call, caller)}
        sealing.seal_json(order, "words", words)
        save_order(order, call, caller, intake, by, now)
    return Taken(order)


def who(call: Call, caller: Caller) -> dict[str, Any]:
    """Of whoever calls, what is kept with an answer. Raises `Invalid` on `phone`."""
    if caller.is_anonymous:
        return {}
    if not caller.may_text:
        return {"name": caller.name, "phone": caller.phone}
    try:
        phone = phones.normalised(caller.phone or sealing.opened(call, "number"))
    except Invalid:
        problem = _("A text message needs a mobile number.")
        raise Invalid(problem, code="no-mobile", fields={"phone": problem}) from None
    return {"name": caller.name, "phone": phone, "may_text": True}


@transactions.atomic
def open_order(
    *,
    by: Post,
    call_id: uuid.UUID,
    intake: Intake,
    caller: Caller,
    handed: Handed,
    now: dt.datetime,
) -> Taken:
    """Open a case for the caller, in the one engine there is: its clocks, its routing past tied
    employers, its secrecy; the term is the line's for the grade. The order leads back to the
    caller.

    A caller who stays unknown is forgotten: number, note and recording of the call are dropped. An
    agent tied to the accused employer, or meant themselves, takes nothing down; a colleague does.

    Raises what `answer_order` and `cases.services.open_case` raise, `Invalid` "no-case-for-topic",
    "outside-the-line", `Conflict` "agent-is-tied", "agent-is-meant".
    """
    with protection.viewing(account=by.account_id):
        call, topic = begun(by, call_id, intake)
        check_handing(call, topic, handed, by)
        opened = cases.open_case(
            matter=Matter(
                item_key=topic.item_key,
                union=handed.union,
                answers=handed.answers,
                accused=handed.accused,
                officer=handed.officer,
                way=WAYS[Channel(call.channel)],
                people_count=handed.people_count,
                is_urgent=bool(intake.urgent),
                term=Term(days=call.line.days_for(intake.grade or topic.grade)),
            ),
            asking=asking_of(call, caller),
            by=by,
            now=now,
        )
        order = new_order(
            call,
            topic,
            intake.urgent,
            now,
            grade=intake.grade or topic.grade,
            agent=by.account,
            way=Way.CASE,
            case=opened.case,
        )
        order.state, order.accused_ids = State.OPEN, opened.case.accused_ids
        order.excluded_ids = excluded_for(by, opened.case.excluded_ids)
        sealing.seal_json(order, "words", {})
        save_order(order, call, caller, intake, by, now)
    return Taken(order, opened.case, opened.receipt)


def excluded_for(by: Post, excluded: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Whom an order is kept from. Raises `Conflict` "agent-is-meant" where the agent is of them."""
    if by.account_id in excluded:
        raise Conflict(
            _("It is about somebody of your name. A colleague takes it; nothing was kept."),
            code="agent-is-meant",
        )
    return list(excluded)


def begun(by: Post, call_id: uuid.UUID, intake: Intake) -> tuple[Call, Topic]:
    """The call, locked, and the topic. Raises `Conflict` "already-taken" on an old draft."""
    call = lock_own_call(by, call_id)
    if intake.version is not None and intake.version < call.draft_version and call.draft is None:
        raise Conflict(
            _("This has become a work order already: it stands below."), code="already-taken"
        )
    for name, choices in (("grade", Grade), ("urgent", UrgentKind)):
        if (given := getattr(intake, name)) and given not in choices.values:
            problem = _("Choose one of the list.")
            raise Invalid(problem, code=f"unknown-{name}", fields={name: problem})
    return call, access_topic(call.line, intake.topic_key)


def check_handing(call: Call, topic: Topic, handed: Handed, by: Post) -> None:
    """Whether the matter can go there. Raises `Invalid`, `Conflict`."""
    if not topic.item_key:
        problem = _("This is only answered. Choose another topic to open a case.")
        raise Invalid(problem, code="no-case-for-topic", fields={"topic": problem})
    if not handed.union.path.startswith(call.line.union.path):
        problem = _("This union is not within the reach of this line. Choose one below it.")
        raise Invalid(problem, code="outside-the-line", fields={"union": problem})
    if handed.union.depth < HIGHEST_DEPTH:
        problem = _("This union handles no case itself. Choose one below it.")
        raise Invalid(problem, code="outside-the-line", fields={"union": problem})
    accused = [employer.pk for employer in handed.accused]
    if accused and not untied([by.account_id], accused):
        raise Conflict(
            _("You are tied to this employer. Give the call to a colleague; nothing was kept."),
            code="agent-is-tied",
        )


def asking_of(call: Call, caller: Caller) -> Asking:
    """Who asks: the account that wrote the message; else whoever called, by what they said. A
    number on a display proves nothing, so no call is put into anybody's account."""
    note = sealing.note_of(call)
    found = Account.objects.filter(pk=note.account, is_active=True) if note.account else None
    if found and not caller.is_anonymous and (account := found.first()):
        return Asking(account=account, person=account.person, name=caller.name, phone=caller.phone)
    owner = bytes(call.owner_digest or b"")
    if caller.is_anonymous:
        return Asking(is_anonymous=True, owner=owner, kept=note.receipt)
    return Asking(name=caller.name, phone=caller.phone, owner=owner, kept=note.receipt)


def new_order(call: Call, topic: Topic, urgent: str, now: dt.datetime, **fields: Any) -> WorkOrder:
    """An order with its number, key and term, not saved yet."""
    case: Case | None = fields.get("case")
    order = WorkOrder(
        id=next_ids(1)[0],
        number=numbering.order_number(),
        line=call.line,
        unit_id=case.handler_id if case else call.line.union_id,
        call=call,
        topic=topic,
        urgent=urgent,
        opened_at=now,
        **fields,
    )
    _key, order.sealed_key = crypto.new_key(sealing.context_of(order))
    if order.urgent:
        order.respond_by = now + dt.timedelta(minutes=call.line.urgent_minutes)
    return order


def save_order(
    order: WorkOrder, call: Call, caller: Caller, intake: Intake, by: Post, now: dt.datetime
) -> None:
    """Write the order; the call drops its draft, learns whom it is about, and ends."""
    with protection.working("hotline.intake"):
        order.excluded_ids = sorted({*order.excluded_ids, *call.excluded_ids})
        order.save(force_insert=True)
        call.draft, call.draft_version = None, call.draft_version + 1
        call.accused_ids = sorted({*call.accused_ids, *order.accused_ids})
        call.excluded_ids = order.excluded_ids
        if caller.is_anonymous:
            forget(call)
        if intake.goes_on:
            call.save()
        else:
            calls.finish(call, Ending.HANDLED, now)
    calls.record(call, by, f"order_{order.way}")
    publish(order)


def publish(order: WorkOrder) -> None:
    """Tell that there is a new order."""
    outbox.publish(
        WorkOrderOpened(
            order_id=order.pk,
            line_id=order.line_id,
            is_urgent=bool(order.urgent),
            has_case=order.case_id is not None,
        )
    )


def forget(call: Call) -> None:
    """Keep nothing that leads to whoever called (promise 5). The hash of a receipt does not."""
    receipt = sealing.note_of(call).receipt
    call.is_forgotten = True
    call.number, call.number_digest, call.note, call.recording = None, None, None, ""
    if receipt:
        sealing.seal_note(call, Note(receipt=receipt))


def check_words(*, matter: str, answer: str) -> None:
    """Both have to be said. Raises `Invalid` beside each field."""
    problems = {
        name: _("Please answer this.")
        for name, words in (("matter", matter), ("answer", answer))
        if not words.strip()
    }
    if problems:
        raise Invalid(_("Some answers need another look."), code="words-missing", fields=problems)
