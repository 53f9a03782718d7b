"""What this room holds about people."""

from django.utils.translation import gettext_lazy as _

from niangjia.core import personal_data
from niangjia.core.errors import Text
from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons


def internal(*columns: str) -> dict[str, Text]:
    """Columns that say nothing to whom they are about."""
    return dict.fromkeys(columns, reasons.INTERNAL)


HOLDINGS = (
    Holding(
        model="places.Keeper",
        link="account_id",
        to="account",
        title=_("Places you keep"),
        exported=("place_name", "known_as", "since_at", "ended_at"),
        withheld=internal("place_id"),
        erased={"known_as": "—"},
        kept="that somebody kept the place, without who it was",
        readers={"place_name": lambda keeper: keeper.place.name},
    ),
    Holding(
        model="places.KeeperInvitation",
        link="keeper__account_id",
        to="account",
        title=_("Links by which you came to keep a place"),
        withheld=internal(
            *("place_id", "known_as", "token_digest", "created_at", "expires_at", "keeper_id")
        ),
        erased={"known_as": "—"},
        kept="that somebody was asked to keep the place, without who it was",
    ),
    Holding(
        model="places.OpeningDay",
        link="by_account_id",
        to="account",
        title=_("Days you ticked that a place was open"),
        exported=("place_name", "date", "ticked_at"),
        withheld=internal("place_id", "is_late", "lacking", "asked_at", "told_at"),
        kept="whether a place was open on a day is part of its record",
        readers={"place_name": lambda day: day.place.name},
    ),
    Holding(
        model="places.Step",
        link="by_account_id",
        to="account",
        title=_("Steps you took for a place to open"),
        exported=("place_name", "at", "to"),
        withheld=internal("place_id", "words", "who", "answers", "checklist"),
        kept="who let a place open is part of its record",
        readers={"place_name": lambda step: step.place.name},
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
