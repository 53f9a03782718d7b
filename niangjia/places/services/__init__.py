"""What changes in this room. Each is one transaction."""

from niangjia.places.services.indexing import index_places, refresh_openings
from niangjia.places.services.keeping import (
    accept_keeping,
    end_keeping,
    invite_keeper,
    open_again,
    shut_for_days,
    tick_opening,
)
from niangjia.places.services.listing import (
    change_hours,
    change_place,
    close_place,
    draft_place,
    drop_other_hours,
    publish_place,
    set_other_hours,
)
from niangjia.places.services.opening import (
    apply_for_place,
    approve_place,
    check_place,
    open_place,
    return_place,
)
from niangjia.places.services.plates import issue_plate, renew_plate
from niangjia.places.services.reporting import forget_speakers, report_place, weigh_again
from niangjia.places.services.supplies import add_supply, check_supply, end_supply
from niangjia.places.services.watching import ask_who_did_not_tick, remind_of_supplies

__all__ = [
    "accept_keeping",
    "add_supply",
    "apply_for_place",
    "approve_place",
    "ask_who_did_not_tick",
    "change_hours",
    "change_place",
    "check_place",
    "check_supply",
    "close_place",
    "draft_place",
    "drop_other_hours",
    "end_keeping",
    "end_supply",
    "forget_speakers",
    "index_places",
    "invite_keeper",
    "issue_plate",
    "open_again",
    "open_place",
    "publish_place",
    "refresh_openings",
    "remind_of_supplies",
    "renew_plate",
    "report_place",
    "return_place",
    "set_other_hours",
    "shut_for_days",
    "tick_opening",
    "weigh_again",
]
