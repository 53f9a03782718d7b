"""What this node holds about people, as declared to `core.personal_data`."""

from niangjia.core import personal_data
from niangjia.members.services.holdings import erasing, libraries, room
from niangjia.members.services.holdings.erasing import purge_old_tries

__all__ = ["erasing", "purge_old_tries", "register_holdings"]


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*room.HOLDINGS, *libraries.HOLDINGS)
