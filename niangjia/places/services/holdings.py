"""What this room holds about people."""

from django.utils.translation import gettext_lazy as _

from niangjia.core import personal_data
from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons

HOLDINGS = (
    Holding(
        model="places.Keeper",
        link="account_id",
        to="account",
        title=_("Places you keep"),
        exported=("place_name", "known_as", "since_at", "ended_at"),
        withheld=dict.fromkeys(("place_id",), reasons.INTERNAL),
        erased={"known_as": "—"},
        kept="that somebody kept the place, without who it was",
        readers={"place_name": lambda keeper: keeper.place.name},
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
