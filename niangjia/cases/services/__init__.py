"""Every use case of this room that writes. One module an area; callers import the package."""

from niangjia.cases.services.about_officers import AboutOfficer, officer_in
from niangjia.cases.services.announcing import object_to_notice
from niangjia.cases.services.assigning import RuleContent, assign_queue, end_rule, save_rule
from niangjia.cases.services.becoming_tied import leave_tied_below, leave_tied_to
from niangjia.cases.services.catalogue import (
    draft_item,
    publish_item,
    retire_item,
    seed_catalogue,
)
from niangjia.cases.services.decoys import plant_decoy
from niangjia.cases.services.dissolving import hand_over_cases
from niangjia.cases.services.drafting import (
    ask_publication,
    begin_draft,
    create_item,
    discard_draft_of_item,
    publish_version,
    put_into_force,
    replace_document,
    retire_version,
    save_part,
)
from niangjia.cases.services.drafts import (
    discard_draft,
    expire_drafts,
    list_drafts,
    read_draft,
    read_draft_file,
    save_draft,
)
from niangjia.cases.services.emergency import (
    access_grant_to_decide,
    ask_emergency_access,
    decide_emergency_access,
    requests_to_decide,
    revoke_emergency_access,
)
from niangjia.cases.services.employers import find_or_note_employer
from niangjia.cases.services.joint import finish_part, join_unit, leave_unit
from niangjia.cases.services.life import Death, note_death, note_move
from niangjia.cases.services.linking import (
    confirm_link,
    link_cases,
    propose_likely,
    propose_link,
    reject_link,
    unlink,
)
from niangjia.cases.services.merging import merge_duplicate
from niangjia.cases.services.naming_employers import name_employer
from niangjia.cases.services.naming_officers import meet_named, meet_officer, name_officer
from niangjia.cases.services.objections import dismiss_objections
from niangjia.cases.services.opening import Asking, Matter, Opened, open_case
from niangjia.cases.services.pausing import extend_case, pause_case, resume_case
from niangjia.cases.services.promising import promise_term
from niangjia.cases.services.rating import (
    note_rectification,
    renew_own_link,
    tell_complainant,
    token_in,
)
from niangjia.cases.services.reaching_out import list_unasked, reach_out
from niangjia.cases.services.reading import (
    PurposeNeeded,
    Reading,
    find_case_of_receipt,
    read_case,
    read_file,
    read_own_case,
    read_own_file,
)
from niangjia.cases.services.receipts import come_with
from niangjia.cases.services.recounting import begin_recount, go_on_recounting, recount
from niangjia.cases.services.search_rows import write_missing_rows
from niangjia.cases.services.searching import search_cases
from niangjia.cases.services.speaking import withdraw_case, write_message, write_note
from niangjia.cases.services.station_supplies import (
    answer_station,
    open_for_station,
    stop_for_station,
)
from niangjia.cases.services.stepping import answer_step, take_step
from niangjia.cases.services.sweeping import sweep
from niangjia.cases.services.texting import set_texts, text_news
from niangjia.cases.services.texting_members import text_member
from niangjia.cases.services.urgency import make_urgent
from niangjia.cases.services.workload import (
    assign_case,
    object_to_transfer,
    take_over,
    transfer_case,
)

__all__ = [
    "AboutOfficer",
    "Asking",
    "Death",
    "Matter",
    "Opened",
    "PurposeNeeded",
    "Reading",
    "RuleContent",
    "access_grant_to_decide",
    "answer_station",
    "answer_step",
    "ask_emergency_access",
    "ask_publication",
    "assign_case",
    "assign_queue",
    "begin_draft",
    "begin_recount",
    "come_with",
    "confirm_link",
    "create_item",
    "decide_emergency_access",
    "discard_draft",
    "discard_draft_of_item",
    "dismiss_objections",
    "draft_item",
    "end_rule",
    "expire_drafts",
    "extend_case",
    "find_case_of_receipt",
    "find_or_note_employer",
    "finish_part",
    "go_on_recounting",
    "hand_over_cases",
    "join_unit",
    "leave_tied_below",
    "leave_tied_to",
    "leave_unit",
    "link_cases",
    "list_drafts",
    "list_unasked",
    "make_urgent",
    "meet_named",
    "meet_officer",
    "merge_duplicate",
    "name_employer",
    "name_officer",
    "note_death",
    "note_move",
    "note_rectification",
    "object_to_notice",
    "object_to_transfer",
    "officer_in",
    "open_case",
    "open_for_station",
    "pause_case",
    "plant_decoy",
    "promise_term",
    "propose_likely",
    "propose_link",
    "publish_item",
    "publish_version",
    "put_into_force",
    "reach_out",
    "read_case",
    "read_draft",
    "read_draft_file",
    "read_file",
    "read_own_case",
    "read_own_file",
    "recount",
    "reject_link",
    "renew_own_link",
    "replace_document",
    "requests_to_decide",
    "resume_case",
    "retire_item",
    "retire_version",
    "revoke_emergency_access",
    "save_draft",
    "save_part",
    "save_rule",
    "search_cases",
    "seed_catalogue",
    "set_texts",
    "stop_for_station",
    "sweep",
    "take_over",
    "take_step",
    "tell_complainant",
    "text_member",
    "text_news",
    "token_in",
    "transfer_case",
    "unlink",
    "withdraw_case",
    "write_message",
    "write_missing_rows",
    "write_note",
]
