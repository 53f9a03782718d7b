"""What changes in this room. Each is one transaction."""

from niangjia.places.services.indexing import index_places, refresh_openings
from niangjia.places.services.inspecting import finish_inspection, note_findings
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
from niangjia.places.services.locks import (
    forget_door_events,
    issue_pass,
    make_lock,
    pair_lock,
    revoke_lock,
    take_events,
    take_pack,
)
from niangjia.places.services.measuring import ask_measurement, measure_next
from niangjia.places.services.mending import (
    extend_problem,
    mark_mended,
    reopen_problem,
    review_problem,
)
from niangjia.places.services.objecting import decide_objection, object_to_stars, set_stars
from niangjia.places.services.opening import (
    apply_for_place,
    approve_place,
    check_place,
    open_place,
    return_place,
)
from niangjia.places.services.overdue import tell_of_late_problems
from niangjia.places.services.photos import (
    add_photo,
    change_photo,
    forget_sent_photos,
    remove_photo,
    show_photo,
)
from niangjia.places.services.planning import call_off_round, hand_over_round, plan_round
from niangjia.places.services.plates import issue_plate, renew_plate
from niangjia.places.services.raising import (
    end_of_closed,
    end_with_case,
    hold_uncared,
    note_case,
    raise_unanswered,
)
from niangjia.places.services.rating import ask_to_rate, note_rating
from niangjia.places.services.recounting import recount_terms
from niangjia.places.services.reporting import forget_speakers, report_place, weigh_again
from niangjia.places.services.requests import (
    ask_for_supplies,
    decline_supplies,
    forget_askers,
    receive_supplies,
    send_supplies,
)
from niangjia.places.services.sightings import confirm_plate, forget_sightings
from niangjia.places.services.siting import ask_siting, stop_siting, work_out_siting
from niangjia.places.services.star_terms import drop_star_terms, set_star_terms
from niangjia.places.services.stars import begin_star_run, go_on_rating, put_into_force
from niangjia.places.services.streets import load_streets
from niangjia.places.services.supplies import add_supply, check_supply, end_supply
from niangjia.places.services.visits import arrive, forget_visits, leave
from niangjia.places.services.watching import ask_who_did_not_tick, remind_of_supplies
from niangjia.places.services.zones import load_zones, read_zones

__all__ = [
    "accept_keeping",
    "add_photo",
    "add_supply",
    "apply_for_place",
    "approve_place",
    "arrive",
    "ask_for_supplies",
    "ask_measurement",
    "ask_siting",
    "ask_to_rate",
    "ask_who_did_not_tick",
    "begin_star_run",
    "call_off_round",
    "change_hours",
    "change_photo",
    "change_place",
    "check_place",
    "check_supply",
    "close_place",
    "confirm_plate",
    "decide_objection",
    "decline_supplies",
    "draft_place",
    "drop_other_hours",
    "drop_star_terms",
    "end_keeping",
    "end_of_closed",
    "end_supply",
    "end_with_case",
    "extend_problem",
    "finish_inspection",
    "forget_askers",
    "forget_door_events",
    "forget_sent_photos",
    "forget_sightings",
    "forget_speakers",
    "forget_visits",
    "go_on_rating",
    "hand_over_round",
    "hold_uncared",
    "index_places",
    "invite_keeper",
    "issue_pass",
    "issue_plate",
    "leave",
    "load_streets",
    "load_zones",
    "make_lock",
    "mark_mended",
    "measure_next",
    "note_case",
    "note_findings",
    "note_rating",
    "object_to_stars",
    "open_again",
    "open_place",
    "pair_lock",
    "plan_round",
    "publish_place",
    "put_into_force",
    "raise_unanswered",
    "read_zones",
    "receive_supplies",
    "recount_terms",
    "refresh_openings",
    "remind_of_supplies",
    "remove_photo",
    "renew_plate",
    "reopen_problem",
    "report_place",
    "return_place",
    "review_problem",
    "revoke_lock",
    "send_supplies",
    "set_other_hours",
    "set_star_terms",
    "set_stars",
    "show_photo",
    "shut_for_days",
    "stop_siting",
    "take_events",
    "take_pack",
    "tell_of_late_problems",
    "tick_opening",
    "weigh_again",
    "work_out_siting",
]
