"""Routes of draws and codes."""

from niangjia.members.rules import Action

PUBLIC = {
    "allocation:draws",
    "allocation:draw",
    "allocation:draw_line",
    "allocation:draw_file",
}

OFFICER = {
    "allocation:desk_draws": (Action.SHARE_OUT, ""),
    "allocation:draw_announcement": (Action.SHARE_OUT, "pool"),
    **{
        f"allocation:{name}": (Action.SHARE_OUT, "draw")
        for name in ("desk_draw", "draw_reading", "draw_void")
    },
}
