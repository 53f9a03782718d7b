"""Reads of this room."""

from niangjia.allocation.selectors.draws import (
    NEWEST,
    access_desk_draw,
    access_draw,
    access_draw_file,
    draw_of,
    find_line,
    has_read,
    list_desk_draws,
    list_draws,
    list_earlier,
    list_own_lines,
    readers,
    source_of,
)
from niangjia.allocation.selectors.gates import code_of, find_gate, gate_of_claim, shown_to_steward
from niangjia.allocation.selectors.lines import Line, read_line
from niangjia.allocation.selectors.pools import (
    Standing,
    access_desk_pool,
    access_own_claim,
    access_pool,
    find_pool,
    list_own_claims,
    place_in_line,
    pool_standing,
)

__all__ = [
    "NEWEST",
    "Line",
    "Standing",
    "access_desk_draw",
    "access_desk_pool",
    "access_draw",
    "access_draw_file",
    "access_own_claim",
    "access_pool",
    "code_of",
    "draw_of",
    "find_gate",
    "find_line",
    "find_pool",
    "gate_of_claim",
    "has_read",
    "list_desk_draws",
    "list_draws",
    "list_earlier",
    "list_own_claims",
    "list_own_lines",
    "place_in_line",
    "pool_standing",
    "read_line",
    "readers",
    "shown_to_steward",
    "source_of",
]
