"""Routes of the places room."""

from niangjia.members.rules.permissions import Action

PUBLIC = {
    *(
        f"places:{name}"
        for name in ("find", "place", "report", "arrival", "departure", "asking", "rating")
    ),
    *(f"api-1:{name}" for name in ("check_in", "show_own_visit", "check_out", "ask_for_supplies")),
    "places:find_offline",
    "places:open_data",
    "places:street_tile",
    "places:star_rules",
    *(f"api-1:{name}" for name in ("pair_lock", "fetch_lock_pack", "tell_events")),
    "api-1:show_star_rules",
    "api-1:show_place_stars",
    "places:stars",
    *(f"api-1:{name}" for name in ("list_places", "show_public_place", "report_found")),
    *(
        f"api-1:{name}"
        for name in ("list_open_places", "list_place_features", "list_place_services")
    ),
    "api-1:list_places_as_csv",
    "places:plate",
    "places:photo",
    "places:small_photo",
    "api-1:report_found_with_photo",
    "api-1:show_coverage",
}
#: Whoever is signed in; a link of an invitation opens only what it names.
SELF: set[str] = {
    "places:door",
    "api-1:show_door_code",
    "api-1:list_kept_places",
    "places:kept",
    "places:keeper_invitation",
}
OWN: dict[str, str] = {
    **{
        f"places:{name}": "kept_place" for name in ("keep", "keep_tick", "keep_shut", "keep_supply")
    },
    "places:keep_reopen": "kept_hours",
    "places:keep_receipt": "kept_request",
    "api-1:receive_supplies": "kept_request",
    **{f"api-1:{n}": "kept_place" for n in ("tick_opening", "shut_for_days", "add_supply")},
    "api-1:open_again": "kept_hours",
    **{f"api-1:{n}": "kept_supply" for n in ("end_supply", "check_supply")},
    "places:keep_ending": "kept_supply",
    "places:keep_problem": "kept_problem",
    "api-1:show_kept_problem": "kept_problem",
    "api-1:mend_kept_problem": "kept_problem",
    "api-1:add_kept_mending_photo": "kept_problem",
    "api-1:object_to_kept_stars": "kept_place",
    "places:keep_stars": "kept_place",
    "places:keep_site_photo": "kept_photo",
    "places:keep_photos": "kept_place",
    **{f"places:keep_photo{name}": "kept_place_photo" for name in ("", "_file")},
    **{f"api-1:{name}": "kept_place" for name in ("list_kept_sent_photos", "add_kept_photo")},
    **{f"api-1:{name}_kept_photo": "kept_place_photo" for name in ("change", "remove", "release")},
}
KEEPS = Action.KEEP_PLACES
OFFICER: dict[str, tuple[str, str]] = {
    **{
        f"places:{name}": (KEEPS, "")
        for name in (*("desk", "desk_new", "desk_sheet", "desk_lists", "desk_list_sheet"),)
    },
    **{
        f"places:desk_{name}": (KEEPS, "place")
        for name in (
            *("place", "change", "hours", "other_hours", "application", "check", "approval"),
            *("publication", "closing", "keepers", "plate", "plate_renewal"),
            "plate_confirmation",
        )
    },
    "places:desk_coverage": (Action.BROWSE, ""),
    "api-1:show_own_coverage": (Action.BROWSE, "union"),
    "places:desk_measurement": (KEEPS, ""),
    **{
        f"places:desk_list{name}": (KEEPS, "place_list")
        for name in (*("", "_meaning", "_answers", "_mends", "_entry", "_removal", "_wrong"),)
    },
    "places:desk_sitings": (KEEPS, ""),
    "api-1:list_sitings": (KEEPS, ""),
    "api-1:ask_siting": (KEEPS, ""),
    **{
        f"places:desk_siting{name}": (KEEPS, "siting")
        for name in ("", "_stop", "_sheet", "_geojson")
    },
    "api-1:show_siting": (KEEPS, "siting"),
    "api-1:cancel_siting": (KEEPS, "siting"),
    **{f"api-1:{name}": (KEEPS, "") for name in ("list_sent_lists", "send_list")},
    **{
        f"api-1:{name}": (KEEPS, "place_list")
        for name in (
            *("show_sent_list", "explain_list", "list_sent_rows", "answer_rows", "mend_rows"),
            *("enter_list", "drop_list"),
        )
    },
    "places:desk_hours_removal": (KEEPS, "place_hours"),
    "places:desk_keeper_end": (KEEPS, "keeper"),
    "places:desk_visits": (KEEPS, ""),
    "api-1:list_union_visit_hours": (KEEPS, ""),
    "places:desk_place_visits": (KEEPS, "place"),
    "api-1:list_place_visit_hours": (KEEPS, "place"),
    "places:desk_locks": (KEEPS, "place"),
    "places:desk_lock_revocation": (KEEPS, "lock"),
    **{f"api-1:{name}": (KEEPS, "place") for name in ("list_locks", "make_lock")},
    "api-1:revoke_lock": (KEEPS, "lock"),
    **{f"api-1:{name}": (KEEPS, "") for name in ("list_desk_places", "draft_place")},
    **{
        f"api-1:{name}": (KEEPS, "place")
        for name in (
            *("show_desk_place", "change_place", "apply_for_place", "check_place"),
            *("approve_place", "return_place", "open_place", "close_place", "change_hours"),
            *("set_other_hours", "list_keepers", "invite_keeper", "issue_plate", "renew_plate"),
        )
    },
    "api-1:end_keeping": (KEEPS, "keeper"),
    **{f"{name}": (KEEPS, "") for name in ("places:desk_requests", "api-1:list_supply_requests")},
    **{
        f"places:desk_request_{name}": (KEEPS, "supply_request")
        for name in ("sending", "declining", "arrival")
    },
    **{
        f"api-1:{name}": (KEEPS, "supply_request")
        for name in ("send_supplies", "decline_supplies", "note_arrival")
    },
    **{
        f"places:{name}": (KEEPS, "")
        for name in ("desk_rounds", "desk_round_new", "desk_problems", "inspecting")
    },
    **{
        f"places:{name}": (KEEPS, "round")
        for name in ("desk_round", "desk_round_hands", "desk_round_off", "inspecting_round")
    },
    "places:inspect": (KEEPS, "inspection"),
    "places:desk_stars": (KEEPS, ""),
    "places:desk_star_terms": (KEEPS, ""),
    "places:desk_star_terms_removal": (Action.EDIT_UNION, ""),
    "api-1:show_star_terms": (KEEPS, "union"),
    **{f"api-1:{name}_star_terms": (Action.EDIT_UNION, "union") for name in ("set", "drop")},
    **{
        f"api-1:{name}": (KEEPS, "")
        for name in ("list_place_rounds", "plan_place_round", "list_place_problems")
    },
    "api-1:show_place_round": (KEEPS, "round"),
    "api-1:call_off_place_round": (KEEPS, "round"),
    "api-1:hand_over_place_round": (KEEPS, "round"),
    **{
        f"api-1:{name}": (KEEPS, "inspection")
        for name in ("show_place_inspection", "note_place_inspection", "add_inspection_photo")
    },
    **{
        f"api-1:{name}_place_problem": (KEEPS, "problem")
        for name in ("show", "mend", "review", "extend", "reopen")
    },
    "api-1:add_mending_photo": (KEEPS, "problem"),
    "api-1:object_for_place": (KEEPS, "place"),
    "api-1:give_stars_by_hand": (KEEPS, "place"),
    "api-1:decide_star_objection": (KEEPS, "star_objection"),
    "places:desk_objection": (KEEPS, "star_objection"),
    **{
        f"places:desk_{name}": (KEEPS, "place")
        for name in ("place_stars", "stars_objection", "stars_by_hand")
    },
    **{
        f"places:desk_{name}": (KEEPS, "problem")
        for name in ("problem", "mend", "review", "more_time", "reopen")
    },
    "places:desk_site_photo": (KEEPS, "site_photo"),
    "places:desk_photos": (KEEPS, "place"),
    **{f"places:desk_photo{name}": (KEEPS, "place_photo") for name in ("", "_file")},
    **{f"api-1:{name}": (KEEPS, "place") for name in ("list_sent_photos", "add_place_photo")},
    **{
        f"api-1:{name}_place_photo": (KEEPS, "place_photo")
        for name in ("change", "remove", "release")
    },
}
