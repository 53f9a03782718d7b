"""What paging, calling back and checking keep about people."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import personal_data
from niangjia.core.personal_data import Holding, Subject
from niangjia.hotline.models import OrderEntry
from niangjia.hotline.services import history
from niangjia.hotline.services.holdings import KEPT, POST, orders_of
from niangjia.members.services.holdings import reasons
from niangjia.members.services.holdings.reasons import internal


def entries_of(subject: Subject) -> QuerySet[OrderEntry]:
    return OrderEntry.objects.filter(order__in=orders_of(subject)).select_related("order")


def words_in(entry: OrderEntry) -> Any:
    return history.words_of(entry.order, entry)


HOLDINGS = (
    Holding(
        model="hotline.OrderEntry",
        link="order__call_id",
        to="account",
        title=_("What happened to your work orders"),
        exported=("kind", "at", "words"),
        withheld={"account_id": reasons.OFFICERS, **internal("order_id", "number", "facts")},
        kept=KEPT,
        find=entries_of,
        readers={"words": words_in},
    ),
    Holding(
        model="hotline.OrderEntry",
        link="account_id",
        to="account",
        title=_("What you did with work orders"),
        exported=("kind", "at"),
        withheld={"words": reasons.THEIRS, **internal("order_id", "number", "facts")},
        kept=POST,
    ),
    Holding(
        model="hotline.Page",
        link="account_id",
        to="account",
        title=_("When you were paged"),
        exported=("way", "asked_at", "sent_at", "acknowledged_at"),
        withheld={
            "token_digest": reasons.DIGEST,
            **internal("order_id", "round", "failed_at"),
        },
        kept=POST,
    ),
    Holding(
        model="hotline.OnCall",
        link="account_id",
        to="account",
        title=_("When you are on call"),
        exported=("from_time", "until_time", "way", "added_at", "ended_at"),
        withheld=internal("line_id", "position"),
        kept=POST,
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
