"""How often each page of unions and places asks the database."""

COSTS = {
    "find": 1,
    "guide": 0,
    "places": 2,
    "places_in": 2,
    "union": 1,
}
