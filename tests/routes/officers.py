"""Routes for officers: by which right, and to what kind of object."""

from niangjia.members.rules import Action

#: Officers whose post entitles to the action: the action, and the kind of object if there is one.
OFFICER = {
    "cases:file": (Action.HANDLE_CASES, "case_file"),
    "api-1:read_case_file": (Action.HANDLE_CASES, "case_file"),
    "cases:queue": (Action.HANDLE_CASES, ""),
    "cases:assignment_rules": (Action.DECIDE_CASES, ""),
    "cases:assignment_preview": (Action.DECIDE_CASES, ""),
    "cases:assignment_rule": (Action.DECIDE_CASES, "assignment_rule"),
    "cases:assignment_rule_end": (Action.DECIDE_CASES, "assignment_rule"),
    "api-1:list_assignment_rules": (Action.DECIDE_CASES, ""),
    "api-1:plan_assignments": (Action.DECIDE_CASES, ""),
    "api-1:make_assignment_rule": (Action.DECIDE_CASES, ""),
    "api-1:apply_assignment_rules": (Action.DECIDE_CASES, ""),
    "api-1:change_assignment_rule": (Action.DECIDE_CASES, "assignment_rule"),
    "api-1:end_assignment_rule": (Action.DECIDE_CASES, "assignment_rule"),
    "cases:letters": (Action.HANDLE_CASES, ""),
    "cases:letter_head": (Action.KEEP_SEAL, ""),
    "cases:letter_seal": (Action.KEEP_SEAL, ""),
    "cases:naming": (Action.HANDLE_CASES, "case"),
    "cases:follow_up": (Action.HANDLE_CASES, "case"),
    "cases:record": (Action.HANDLE_CASES, "case"),
    "api-1:take_case_record": (Action.HANDLE_CASES, "case"),
    "cases:letter_new": (Action.HANDLE_CASES, "case"),
    **{
        f"cases:{name}": (Action.HANDLE_CASES, "letter")
        for name in (
            *("letter", "letter_pdf", "letter_service", "letter_answer", "letter_withdrawal"),
        )
    },
    **{
        f"api-1:{name}": (Action.HANDLE_CASES, "letter")
        for name in ("fetch_letter", "serve_letter", "answer_letter", "withdraw_letter")
    },
    **{
        f"api-1:{name}": (Action.HANDLE_CASES, "case")
        for name in (
            *("list_case_letters", "preview_case_letter", "issue_case_letter"),
            *("note_case_naming", "begin_case_follow_up"),
        )
    },
    "cases:letter_file": (Action.HANDLE_CASES, "letter_file"),
    "cases:search": (Action.HANDLE_CASES, ""),
    "cases:emergency": (Action.HANDLE_CASES, ""),
    "cases:emergency_decision": (Action.DECIDE_CASES, "grant"),
    "cases:emergency_revocation": (Action.HANDLE_CASES, "grant"),
    **{
        f"cases:{name}": (Action.HANDLE_CASES, "case")
        for name in (
            *(
                "files",
                "death",
                "employer",
                "officer",
                "case",
                "step",
                "note",
                "pause",
                "resumption",
                "extension",
                "assignment",
            ),
            *("links", "link_confirmation", "link_rejection", "link_end"),
            *("desk_group", "part", "dismissal"),
            *("group_entry", "group_removal", "group_nomination", "group_voices"),
        )
    },
    **{
        f"cases:{name}": (Action.DECIDE_CASES, "case")
        for name in (
            *("take_over", "transfer", "objection", "units", "departure", "union_offers"),
            *("merger",),
        )
    },
    **{
        f"hotline:{name}": (Action.ANSWER_HOTLINE, "")
        for name in (
            *("desk", "waiting", "letters", "shifts", "shift_beginning", "shift_ending"),
            *("knowledge", "article", "topic", "topic_end"),
        )
    },
    **{
        f"hotline:{name}": (Action.ANSWER_HOTLINE, "call")
        for name in (
            *("call", "taking", "handing_back", "ending", "draft", "questions"),
            *("topics", "unions", "articles", "caller"),
        )
    },
    "hotline:acknowledgement": (Action.ANSWER_HOTLINE, "shift"),
    "api-1:acknowledge_hotline_shift": (Action.ANSWER_HOTLINE, "shift"),
    "api-1:end_hotline_topic": (Action.ANSWER_HOTLINE, "topic"),
    "api-1:edit_hotline_article": (Action.ANSWER_HOTLINE, "article"),
    **{
        f"api-1:{name}": (Action.ANSWER_HOTLINE, "")
        for name in (
            *("list_hotlines", "list_hotline_topics", "list_hotline_articles", "list_calls"),
            *("enter_hotline_letter", "begin_hotline_shift", "end_hotline_shift"),
            *("list_hotline_shifts", "add_hotline_topic", "add_hotline_article"),
        )
    },
    **{
        f"api-1:{name}": (Action.ANSWER_HOTLINE, "call")
        for name in (
            *("take_hotline_call", "read_hotline_call", "hand_back_hotline_call"),
            *("end_hotline_call", "save_hotline_draft", "read_hotline_caller"),
            *("answer_hotline_call", "open_hotline_case"),
        )
    },
    **{f"hotline:{name}": (Action.ANSWER_HOTLINE, "") for name in ("orders", "board")},
    **{
        f"hotline:{name}": (Action.ANSWER_HOTLINE, "work_order")
        for name in (
            *("order", "dispatch", "units", "grade", "urgency", "order_acknowledgement"),
            "order_return",
            *("order_contact", "order_call_back", "order_check"),
        )
    },
    "api-1:list_work_orders": (Action.ANSWER_HOTLINE, ""),
    "api-1:show_board": (Action.ANSWER_HOTLINE, ""),
    "hotline:statistics": (Action.BROWSE, ""),
    "hotline:statistics_table": (Action.BROWSE, ""),
    "api-1:show_statistics": (Action.BROWSE, "union"),
    "api-1:add_duty": (Action.DECIDE_CASES, "line"),
    "api-1:list_duties": (Action.DECIDE_CASES, "line"),
    "api-1:end_duty": (Action.DECIDE_CASES, "duty"),
    **{
        f"api-1:{name}": (Action.ANSWER_HOTLINE, "work_order")
        for name in (
            *("show_work_order", "dispatch_work_order", "grade_work_order", "flag_work_order"),
            *("acknowledge_work_order", "view_order_contact", "record_order_call"),
            *("check_work_order", "return_work_order"),
        )
    },
    "hotline:on_call_lists": (Action.DECIDE_CASES, ""),
    "hotline:on_call": (Action.DECIDE_CASES, "line"),
    "hotline:line_settings": (Action.DECIDE_CASES, "line"),
    "api-1:show_line": (Action.DECIDE_CASES, "line"),
    "api-1:set_line": (Action.DECIDE_CASES, "line"),
    "hotline:on_call_end": (Action.DECIDE_CASES, "line"),
    "members:check_typed": (Action.CHECK_CARDS, ""),
    "members:desk": (Action.BROWSE, ""),
    "members:substitutes": (Action.HANDLE_CASES, ""),
    "members:substitute_end": (Action.HANDLE_CASES, "substitution"),
    "api-1:list_substitutions": (Action.HANDLE_CASES, ""),
    "api-1:list_substitutes_to_choose": (Action.HANDLE_CASES, ""),
    "api-1:name_substitute": (Action.HANDLE_CASES, ""),
    "api-1:end_substitution": (Action.HANDLE_CASES, "substitution"),
    "members:go": (Action.BROWSE, ""),
    "members:desk_decisions": (Action.DECIDE_APPLICATIONS, ""),
    "members:desk_application": (Action.DECIDE_APPLICATIONS, "application"),
    "members:desk_decision": (Action.DECIDE_APPLICATIONS, "application"),
    "members:desk_identity": (Action.DECIDE_APPLICATIONS, "application"),
    "members:look_up": (Action.LOOK_UP_MEMBERS, ""),
    "members:desk_member": (Action.LOOK_UP_MEMBERS, "membership"),
    "members:desk_member_reservation": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "members:desk_member_restoration": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "members:desk_member_correction": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "members:desk_member_end": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "members:paper_member": (Action.CHANGE_MEMBERSHIPS, ""),
    "members:union_choices": (Action.CHANGE_MEMBERSHIPS, ""),
    "members:place_choices": (Action.EDIT_UNION, ""),
    "members:tree": (Action.BROWSE, ""),
    "members:desk_union": (Action.BROWSE, "union"),
    "members:union_edit": (Action.EDIT_UNION, "union"),
    "members:union_point": (Action.EDIT_UNION, "union"),
    "members:union_workplaces": (Action.CHANGE_MEMBERSHIPS, "union"),
    "members:union_founding": (Action.FOUND_UNIONS, "union"),
    "members:union_confirmation": (Action.CONFIRM_UNIONS, "union"),
    "api-1:find_employers": (Action.EDIT_UNION, ""),
    "members:union_employers": (Action.EDIT_UNION, "union"),
    "members:employer": (Action.EDIT_UNION, "employer"),
    "members:employer_name": (Action.EDIT_UNION, "employer"),
    "members:employer_merger": (Action.EDIT_UNION, "employer"),
    "api-1:read_employer": (Action.EDIT_UNION, "employer"),
    "api-1:rename_employer": (Action.EDIT_UNION, "employer"),
    "api-1:show_employer_merger": (Action.EDIT_UNION, "employer"),
    "api-1:merge_employer": (Action.EDIT_UNION, "employer"),
    "members:union_employer_removal": (Action.EDIT_UNION, "union"),
    "members:union_move": (Action.MOVE_UNIONS, "union"),
    "members:union_dissolution": (Action.MOVE_UNIONS, "union"),
    "members:union_posts": (Action.APPOINT_POSTS, "union"),
    "feedback:orders": (Action.RECTIFY, ""),
    "feedback:order": (Action.RECTIFY, "order"),
    "feedback:order_verification": (Action.RECTIFY, "order"),
    "feedback:order_rectification": (Action.RECTIFY, "order"),
    "feedback:order_answer": (Action.RECTIFY, "order"),
    "feedback:order_approval": (Action.RECTIFY, "order"),
    "feedback:order_return": (Action.RECTIFY, "order"),
    "feedback:order_term": (Action.EDIT_UNION, "union"),
    "feedback:call_backs": (Action.CALL_BACK, ""),
    "feedback:call_back": (Action.CALL_BACK, "call_back"),
    "feedback:contact": (Action.CALL_BACK, "call_back"),
    "feedback:call": (Action.CALL_BACK, "call_back"),
    "feedback:invitation": (Action.CALL_BACK, "invitation"),
    "feedback:invitation_code": (Action.CALL_BACK, "invitation"),
    "feedback:invitation_rating": (Action.CALL_BACK, "invitation"),
    "feedback:signals": (Action.RECTIFY, ""),
    "cases:decoys": (Action.DECIDE_CASES, ""),
    "cases:items": (Action.EDIT_SERVICES, ""),
    "cases:new_item": (Action.EDIT_SERVICES, ""),
    "cases:union_items": (Action.EDIT_SERVICES, "union"),
    "cases:item_drafts": (Action.EDIT_SERVICES, "union"),
    "cases:unasked": (Action.BROWSE, "union"),
    "cases:unasked_people": (Action.LOOK_UP_MEMBERS, "union"),
    "cases:unasked_export": (Action.LOOK_UP_MEMBERS, "union"),
    "cases:unasked_message": (Action.DECIDE_CASES, "union"),
    **{
        f"cases:item_{name}": (Action.EDIT_SERVICES, "item_version")
        for name in (
            *("version", "part", "document", "condition", "preview", "trial"),
            *("publication", "request", "retirement", "discarding"),
        )
    },
    "feedback:desk_scores": (Action.RECTIFY, ""),
    "feedback:desk_scores_of": (Action.RECTIFY, "union"),
    **{
        f"api-1:{name}": (Action.EDIT_SERVICES, "")
        for name in ("list_catalogue", "create_item", "begin_draft", "list_versions")
    },
    **{
        f"api-1:{name}": (Action.EDIT_SERVICES, "item_version")
        for name in (
            *("show_version", "write_version", "write_part", "discard_version", "try_version"),
            *("publish_version", "retire_version", "ask_publication"),
        )
    },
    "api-1:count_unasked": (Action.BROWSE, ""),
    "api-1:list_unasked": (Action.LOOK_UP_MEMBERS, ""),
    "api-1:reach_out": (Action.DECIDE_CASES, ""),
    "api-1:list_decoy_alarms": (Action.DECIDE_CASES, ""),
    "api-1:list_cases": (Action.HANDLE_CASES, ""),
    "api-1:search_cases": (Action.HANDLE_CASES, ""),
    "api-1:plant_decoy": (Action.DECIDE_CASES, ""),
    "api-1:list_my_emergencies": (Action.HANDLE_CASES, ""),
    "api-1:ask_emergency": (Action.HANDLE_CASES, ""),
    "api-1:list_emergencies_to_decide": (Action.DECIDE_CASES, ""),
    "api-1:decide_emergency": (Action.DECIDE_CASES, "grant"),
    "api-1:revoke_emergency": (Action.HANDLE_CASES, "grant"),
    **{
        f"api-1:{name}": (Action.HANDLE_CASES, "case")
        for name in (
            *(
                "send_case_file",
                "note_applicants_death",
                "read_desk_case",
                "take_case_step",
                "write_case_note",
                "pause_case",
                "resume_case",
            ),
            *("extend_case", "assign_case", "list_case_links", "link_case", "confirm_case_link"),
            *("reject_case_link", "unlink_case", "read_case_group", "open_case_group"),
            *("enter_group_members", "remove_group_member", "nominate_group_member"),
            *("record_group_voices", "finish_case_part", "name_case_employer"),
            "name_case_officer",
            *("dismiss_case_objections",),
        )
    },
    **{
        f"api-1:{name}": (Action.DECIDE_CASES, "case")
        for name in (
            "join_case_unit",
            "end_case_unit",
            "transfer_case",
            "object_to_transfer",
            "take_case_over",
            "merge_case",
        )
    },
    "api-1:list_orders": (Action.RECTIFY, ""),
    "api-1:show_order": (Action.RECTIFY, "order"),
    "api-1:take_step": (Action.RECTIFY, "order"),
    "api-1:list_call_backs": (Action.CALL_BACK, ""),
    "api-1:view_contact": (Action.CALL_BACK, "call_back"),
    "api-1:record_call": (Action.CALL_BACK, "call_back"),
    "api-1:enter_rating": (Action.CALL_BACK, "invitation"),
    "api-1:draw_code": (Action.CALL_BACK, "invitation"),
    "api-1:set_order_term": (Action.EDIT_UNION, "union"),
    "api-1:list_signals": (Action.RECTIFY, ""),
    "api-1:judge_signal": (Action.RECTIFY, "signal"),
    "feedback:judgement": (Action.RECTIFY, "signal"),
    "members:calendar": (Action.EDIT_CALENDAR, ""),
    "members:calendar_clearing": (Action.EDIT_CALENDAR, ""),
    "members:calendar_year": (Action.EDIT_CALENDAR, ""),
    "api-1:set_day": (Action.EDIT_CALENDAR, ""),
    "api-1:clear_day": (Action.EDIT_CALENDAR, ""),
    "api-1:confirm_year": (Action.EDIT_CALENDAR, ""),
    "members:posts": (Action.APPOINT_POSTS, ""),
    "members:post_ending": (Action.APPOINT_POSTS, "post"),
    "api-1:list_waiting": (Action.DECIDE_APPLICATIONS, ""),
    "api-1:show_waiting": (Action.DECIDE_APPLICATIONS, "application"),
    "api-1:decide": (Action.DECIDE_APPLICATIONS, "application"),
    "api-1:decide_many": (Action.DECIDE_APPLICATIONS, ""),
    "api-1:look_up": (Action.LOOK_UP_MEMBERS, ""),
    "api-1:correct": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "api-1:reserve": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "api-1:restore": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "api-1:end": (Action.CHANGE_MEMBERSHIPS, "membership"),
    "api-1:list_posts": (Action.APPOINT_POSTS, "union"),
    "api-1:appoint": (Action.APPOINT_POSTS, "union"),
    "api-1:end_post": (Action.APPOINT_POSTS, "post"),
    "api-1:edit_union": (Action.EDIT_UNION, "union"),
    "api-1:say_workplaces": (Action.CHANGE_MEMBERSHIPS, "union"),
    "api-1:found_union": (Action.FOUND_UNIONS, "union"),
    "api-1:confirm_union": (Action.CONFIRM_UNIONS, "union"),
    "api-1:list_employers": (Action.EDIT_UNION, "union"),
    "api-1:add_employer": (Action.EDIT_UNION, "union"),
    "api-1:remove_employer": (Action.EDIT_UNION, "union"),
    "api-1:enter_paper_member": (Action.CHANGE_MEMBERSHIPS, ""),
    "api-1:move_union": (Action.MOVE_UNIONS, "union"),
}
