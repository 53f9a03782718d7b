"""How often each page of the frame asks the database."""

COSTS = {
    "home": 1,
    "manifest": 0,
    "nation": 6,
    "offline": 0,
    "place": 2,
    "place_in": 2,
    "service_worker": 0,
    "styleguide": 0,
}
