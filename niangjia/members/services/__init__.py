"""Every use case of this room that writes. One module an area; callers import the package."""

from niangjia.members.services.accounts import create_account
from niangjia.members.services.applications import (
    apply_to_join,
    decide_application,
    discard_draft,
    escalate_late_applications,
    hand_over_applications,
    request_review,
    save_draft,
    seal_answers,
    submit_application,
    unseal_answers,
    withdraw_application,
)
from niangjia.members.services.bulk_decisions import decide_applications
from niangjia.members.services.calendar import (
    clear_working_day,
    confirm_year,
    move_due_dates,
    set_working_day,
)
from niangjia.members.services.cards import check_card
from niangjia.members.services.consents import give_consent, withdraw_consent
from niangjia.members.services.dissolution import dissolve_union_and_hold_members
from niangjia.members.services.employers import merge_employers, rename_employer
from niangjia.members.services.erasure import delete_account, replay_erasures
from niangjia.members.services.export import export_account
from niangjia.members.services.identity import count_claim, identify_person
from niangjia.members.services.identity_check import confirm_identity
from niangjia.members.services.memberships import (
    check_correction,
    correct_membership,
    end_membership,
    hold_members,
    place_member,
    register_paper_member,
    reserve_membership,
    resign,
    restore_membership,
    say_workplace,
)
from niangjia.members.services.notices import notify, notify_officers, read_all_notices, read_notice
from niangjia.members.services.personal_data import (
    look_up_members,
    record_application_view,
    reveal_identity_number,
    view_member,
)
from niangjia.members.services.phone_change import begin_phone_change, change_phone
from niangjia.members.services.posts import appoint_by_phone, appoint_post, end_post
from niangjia.members.services.sign_in import send_sign_in_code, sign_in
from niangjia.members.services.tokens import create_token, revoke_token, use_token, use_tokens

__all__ = [
    "apply_to_join",
    "appoint_by_phone",
    "appoint_post",
    "begin_phone_change",
    "change_phone",
    "check_card",
    "check_correction",
    "clear_working_day",
    "confirm_identity",
    "confirm_year",
    "correct_membership",
    "count_claim",
    "create_account",
    "create_token",
    "decide_application",
    "decide_applications",
    "delete_account",
    "discard_draft",
    "dissolve_union_and_hold_members",
    "end_membership",
    "end_post",
    "escalate_late_applications",
    "export_account",
    "give_consent",
    "hand_over_applications",
    "hold_members",
    "identify_person",
    "look_up_members",
    "merge_employers",
    "move_due_dates",
    "notify",
    "notify_officers",
    "place_member",
    "read_all_notices",
    "read_notice",
    "record_application_view",
    "register_paper_member",
    "rename_employer",
    "replay_erasures",
    "request_review",
    "reserve_membership",
    "resign",
    "restore_membership",
    "reveal_identity_number",
    "revoke_token",
    "save_draft",
    "say_workplace",
    "seal_answers",
    "send_sign_in_code",
    "set_working_day",
    "sign_in",
    "submit_application",
    "unseal_answers",
    "use_token",
    "use_tokens",
    "view_member",
    "withdraw_application",
    "withdraw_consent",
]
