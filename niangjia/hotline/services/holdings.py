"""What this room holds about people. Calls are found by the number they came from, and by who
wrote a message; no column names anybody."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.selectors import owner_of_account
from niangjia.core import personal_data
from niangjia.core.personal_data import Holding, Subject
from niangjia.hotline.models import Call, HandOver, TelephonyEvent, WorkOrder
from niangjia.hotline.selectors import number_digests
from niangjia.hotline.services import sealing
from niangjia.members.services.holdings import reasons
from niangjia.members.services.holdings.reasons import internal

KEY = _("the key that protects what you said")
KEPT = "that somebody called, and how it ended, without who it was or what was said"
POST = "who answered the hotline when is part of the union's record"


def calls_of(subject: Subject) -> QuerySet[Call]:
    """The calls from their number, and the messages they wrote signed in."""
    mine = Q(owner_digest=owner_of_account(subject.account_id))
    if subject.phone:
        mine |= Q(number_digest__in=number_digests(subject.phone))
    return Call.objects.filter(mine)


def orders_of(subject: Subject) -> QuerySet[WorkOrder]:
    return WorkOrder.objects.filter(call__in=calls_of(subject))


def hand_overs_of(subject: Subject) -> QuerySet[HandOver]:
    return HandOver.objects.filter(call__in=calls_of(subject))


def events_of(subject: Subject) -> QuerySet[TelephonyEvent]:
    return TelephonyEvent.objects.filter(call__in=calls_of(subject))


def words_in(row: Call) -> Any:
    return sealing.note_of(row).words


def matter_in(order: WorkOrder) -> Any:
    return sealing.opened_json(order, "words")


HOLDINGS = (
    Holding(
        model="hotline.HandOver",
        link="call_id",
        to="account",
        title=_("Your calls between two shifts"),
        withheld=internal("shift_id", "kind", "words"),
        erased={"words": None},
        kept=KEPT,
        find=hand_overs_of,
    ),
    Holding(
        model="hotline.WorkOrder",
        link="call_id",
        to="account",
        title=_("Work orders of your calls"),
        exported=("number", "topic_id", "grade", "state", "opened_at", "words"),
        withheld={
            "agent_id": reasons.OFFICERS,
            "sealed_key": KEY,
            **internal("line_id", "urgent", "way", "article_id", "case_id", "closed_at"),
            **internal("accused_ids", "excluded_ids", "handled_at", "handled_by_id", "is_on_time"),
            **internal("told", "told_unit_id", "returned_at"),
            **internal("tries", "call_back", "called_back_at", "returns", "quality", "checked_at"),
            **internal("page_at", "acknowledged_at", "respond_by", "level", "unit_id"),
            **dict.fromkeys(
                ("called_back_by_id", "checked_by_id", "acknowledged_by_id"), reasons.OFFICERS
            ),
        },
        erased={"sealed_key": b"", "words": b""},
        kept=KEPT,
        find=orders_of,
        readers={"words": matter_in},
    ),
    Holding(
        model="hotline.TelephonyEvent",
        link="call_id",
        to="account",
        title=_("Reports of the telephone system"),
        withheld=internal("line_id", "event_id", "kind", "at", "received_at", "digest"),
        kept=KEPT,
        find=events_of,
    ),
    Holding(
        model="hotline.Call",
        link="number_digest",
        to="account",
        title=_("Your calls to 12351"),
        exported=("channel", "rang_at", "answered_at", "ended_at", "ending", "note", "pressed"),
        withheld={
            "agent_id": reasons.OFFICERS,
            "number": _("your own number"),
            "owner_digest": reasons.DIGEST,
            "sealed_key": KEY,
            "draft": _("what an agent was typing"),
            **internal("line_id", "external_id", "state", "hung_up_at", "taken_at"),
            **internal("draft_version", "recording", "call_back_by", "is_forgotten"),
            **internal("accused_ids", "excluded_ids", "told", "told_unit_id"),
        },
        erased={
            "sealed_key": b"",
            "number": None,
            "number_digest": None,
            "owner_digest": None,
            "note": None,
            "draft": None,
            "recording": "",
            "call_back_by": None,
        },
        kept=KEPT,
        find=calls_of,
        readers={"note": words_in},
    ),
    Holding(
        model="hotline.Shift",
        link="account_id",
        to="account",
        title=_("Your shifts at the hotline"),
        exported=("began_at", "ended_at"),
        withheld={
            **internal("line_id", "acknowledged_at", "note"),
            "acknowledged_by_id": reasons.OFFICERS,
        },
        kept=POST,
    ),
    Holding(
        model="hotline.Article",
        link="edited_by_account_id",
        to="account",
        title=_("Knowledge articles you edited"),
        exported=("title", "edited_at"),
        withheld=internal(
            *("line_id", "key", "number", "body", "basis", "topics", "as_of_date", "is_current")
        ),
        kept="who wrote what the union tells people is part of what it tells",
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
