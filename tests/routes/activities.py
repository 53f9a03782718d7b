"""Routes of the activities room."""

from niangjia.members.rules.permissions import Action

PUBLIC = {
    *(f"activities:{name}" for name in ("find", "activity", "run", "programme", "union_programme")),
    *(f"activities:{name}" for name in ("photos", "photo", "small_photo")),
    *(f"activities:{name}_calendar" for name in ("own", "union", "programme", "session")),
    *(f"activities:{name}" for name in ("certificate_check", "certificate", "month")),
    *(
        f"api-1:{name}"
        for name in (
            "list_activities",
            "show_activity",
            "check_certificate",
            "show_programme",
            "show_union_programme",
            "list_photos",
            "show_month",
        )
    ),
}
#: Whoever is signed in: the activity is everybody's.
SELF = {
    "activities:take_down",
    "api-1:ask_take_down",
    *(f"activities:{name}" for name in ("sign_up", "mine", "team_code")),
    *("activities:team_join", "api-1:join_team"),
    *(f"activities:{name}" for name in ("calendar_address", "calendar_address_end")),
    *(f"activities:{name}" for name in ("certificates", "volunteer_hours")),
    *(f"api-1:{name}" for name in ("list_my_certificates", "list_volunteer_hours")),
    "api-1:certify_volunteer_hours",
    *(f"api-1:{name}" for name in ("list_sign_ups", "sign_up")),
    *(f"api-1:{name}_calendar_address" for name in ("show", "make", "end")),
}
OWN = {
    **{
        f"activities:team{name}": "teammate"
        for name in ("", "_invitation", "_departure", "_removal", "_captain")
    },
    **{
        f"api-1:{name}": "teammate"
        for name in (
            *("show_team", "invite_teammate", "hand_over_team", "remove_teammate"),
            *("leave_team",),
        )
    },
    "activities:certificate_paper": "certificate",
    **{f"activities:{name}": "sign_up" for name in ("ticket", "answers", "give_back", "confirm")},
    **{
        f"activities:matching{name}": "sign_up"
        for name in ("", "_choice", "_choice_removal", "_block", "_report", "_departure")
    },
    **{
        f"api-1:{name}": "sign_up"
        for name in (
            *("show_matching", "join_matching", "leave_matching", "choose", "unchoose"),
            *("block_number", "report_number"),
        )
    },
    **{f"api-1:{name}": "sign_up" for name in ("show_sign_up", "return_seat", "confirm_seat")},
    **{f"api-1:{name}": "sign_up" for name in ("show_answers", "change_answers")},
}
RUNS = Action.RUN_ACTIVITIES
OFFICER = {
    "activities:certificate_revocation": (RUNS, "given"),
    "api-1:revoke_certificate": (RUNS, "given"),
    **{
        f"activities:{name}": (RUNS, "activity")
        for name in ("desk_certificates", "certificate_issuing")
    },
    **{
        f"api-1:{name}": (RUNS, "activity")
        for name in (
            *("set_certificate_rule", "issue_certificates"),
            *("show_certificate_rule", "list_issued_certificates"),
        )
    },
    **{f"activities:{name}": (RUNS, "") for name in ("desk", "new", "co_organisations")},
    **{
        f"activities:{name}": (RUNS, "activity")
        for name in (
            "plan",
            "change",
            "preview",
            "publication",
            "cancellation",
            "addition",
            "co_organisers",
            "matching_desk",
            "questions",
        )
    },
    **{
        f"activities:{name}": (RUNS, "run")
        for name in (
            *("coming", "coming_sheet", "insurance", "message", "seats", "run_cancellation"),
            *("sign_up_end", "sign_up_longer"),
            *("session_addition", "sessions", "teams"),
        )
    },
    **{
        f"activities:{name}": (RUNS, "session")
        for name in (
            *("session", "removal", "attendance", "desk_session", "door"),
            "session_cancellation",
        )
    },
    **{
        f"activities:{name}": (RUNS, "co_organiser")
        for name in ("co_organiser_share", "co_organiser_removal")
    },
    **{
        f"activities:co_organisation{name}": (RUNS, "asked")
        for name in ("", "_acceptance", "_refusal", "_departure")
    },
    **{
        f"activities:programme_{name}": (RUNS, "programme_page")
        for name in ("page", "words", "addition", "removal", "publication", "retirement")
    },
    **{
        f"api-1:{name}": (RUNS, "programme_page")
        for name in (
            *("gather_thing", "take_off_thing", "publish_programme_page"),
            *("retire_programme_page", "show_programme_page"),
        )
    },
    **{f"api-1:{name}": (RUNS, "") for name in ("list_programme_pages", "write_programme_page")},
    "activities:programme_pages": (RUNS, ""),
    **{f"activities:{name}": (RUNS, "photo") for name in ("desk_photo", "photo_removal")},
    "api-1:remove_photo": (RUNS, "photo"),
    "activities:photo_decision": (RUNS, "photo_request"),
    "api-1:decide_photo_request": (RUNS, "photo_request"),
    **{f"api-1:{name}": (RUNS, "session") for name in ("list_session_photos", "add_photo")},
    "activities:photos_desk": (RUNS, "session"),
    "activities:match_report_decision": (RUNS, "match_report"),
    "api-1:decide_match_report": (RUNS, "match_report"),
    **{f"activities:{name}": (RUNS, "signed_up") for name in ("decision", "payment")},
    **{
        f"api-1:{name}": (RUNS, "")
        for name in ("list_planned", "draft_activity", "list_co_organisations")
    },
    **{
        f"api-1:{name}": (RUNS, "activity")
        for name in (
            *("show_planned", "change_activity", "publish_activity", "cancel_activity"),
            *("set_questions", "add_run", "list_co_organisers", "invite_co_organiser"),
            *("show_match_terms", "set_match_terms", "list_match_reports"),
        )
    },
    **{
        f"api-1:{name}": (RUNS, "co_organiser")
        for name in ("change_co_organiser", "remove_co_organiser")
    },
    **{f"api-1:{name}_co_organising": (RUNS, "asked") for name in ("accept", "decline", "leave")},
    **{
        f"api-1:{name}": (RUNS, "run")
        for name in (
            *(
                "list_coming",
                "count_answers",
                "add_session",
                "cancel_run",
                "add_seats",
                "send_run_message",
            ),
            "move_sessions",
            *("close_sign_up", "prolong_sign_up"),
        )
    },
    **{
        f"api-1:{name}": (RUNS, "session")
        for name in (
            *("move_session", "remove_session", "note_attendance", "open_session_door"),
            "cancel_session",
        )
    },
    "api-1:list_run_teams": (RUNS, "run"),
    **{f"api-1:{name}": (RUNS, "signed_up") for name in ("answer_sign_up", "note_payment")},
}
