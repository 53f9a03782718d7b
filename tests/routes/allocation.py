"""Routes of pools, claims, draws and codes."""

from niangjia.members.rules import Action

PUBLIC = {
    "allocation:draws",
    "allocation:draw",
    "allocation:draw_line",
    "allocation:draw_file",
    "allocation:pool",
}

SELF = {"allocation:mine", "allocation:claim", "api-1:show_pool", "api-1:list_my_claims"}

OWN = {
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
}
