"""How often each page of the room asks the database."""

COSTS = {
    "call_back": 7,
    "call_backs": 5,
    "desk_scores": 9,
    "desk_scores_of": 10,
    "invitation": 5,
    "item_scores": 8,
    "mine": 5,
    "order": 10,
    "orders": 10,
    "rate": 7,
    "rate_mine": 13,
    "scores": 7,
    "signals": 4,
}
