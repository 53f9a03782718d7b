"""How often each page of the room asks the database."""

COSTS = {
    "code": 7,
    "code_alone": 5,
    "desk_draw": 4,
    "desk_draws": 4,
    "desk_gate": 7,
    "desk_gates": 4,
    "draw": 2,
    "draw_announcement": 4,
    "draw_file": 1,
    "draws": 1,
    "gate": 4,
    "gate_offline": 0,
    "gates": 4,
    "mine": 4,
    "pool": 3,
}
