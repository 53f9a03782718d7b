"""Routes of pools, claims, draws, codes and gates."""

from niangjia.members.rules import Action

PUBLIC = {
    "allocation:draws",
    "allocation:draw",
    "allocation:draw_line",
    "allocation:draw_file",
    "allocation:gate_offline",
    "allocation:pool",
    "allocation:order_file",
    "api-1:list_draws",
    "api-1:show_draw",
}

SELF = {
    "allocation:gates",
    "api-1:list_gates",
    "api-1:list_my_lines",
    "allocation:mine",
    "allocation:claim",
    "api-1:show_pool",
    "api-1:list_my_claims",
}

OWN = {
    "allocation:code": "claim",
    "allocation:code_alone": "claim",
    "allocation:gate": "gate",
    "allocation:gate_entry": "gate",
    "allocation:gate_party": "gate",
    "api-1:show_code": "claim",
    "api-1:take_pack": "gate",
    "api-1:send_entries": "gate",
    "allocation:confirmation": "claim",
    "allocation:leaving": "claim",
    **{
        f"api-1:{name}": "claim"
        for name in ("show_my_claim", "confirm_my_claim", "give_up_my_claim")
    },
}

OFFICER = {
    "allocation:desk_draws": (Action.SHARE_OUT, ""),
    "allocation:draw_announcement": (Action.SHARE_OUT, "pool"),
    **{
        f"allocation:{name}": (Action.SHARE_OUT, "draw")
        for name in ("desk_draw", "draw_reading", "draw_void")
    },
    "allocation:desk_gates": (Action.SHARE_OUT, ""),
    **{
        f"allocation:{name}": (Action.SHARE_OUT, "gate")
        for name in ("desk_gate", "gate_steward", "gate_steward_end")
    },
    "allocation:entry_judgement": (Action.SHARE_OUT, "entry"),
    "api-1:list_desk_gates": (Action.SHARE_OUT, ""),
    **{
        f"api-1:{name}": (Action.SHARE_OUT, "gate")
        for name in ("list_stewards", "name_steward", "end_steward", "list_conflicts")
    },
    "api-1:judge_entry": (Action.SHARE_OUT, "entry"),
    "api-1:list_desk_draws": (Action.SHARE_OUT, ""),
    "api-1:announce_draw": (Action.SHARE_OUT, ""),
    "api-1:read_draw_value": (Action.SHARE_OUT, "draw"),
    "api-1:void_draw": (Action.SHARE_OUT, "draw"),
}
