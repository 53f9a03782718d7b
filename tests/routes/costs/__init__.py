"""How often each page, file and reading operation asks the database, by route: see
`tests.test_costs`, which fails for one that stands here with another number or not at all."""

from types import ModuleType

from tests.routes.costs import (
    account,
    activities,
    allocation,
    benefits,
    cases,
    feedback,
    hotline,
    members,
    operations,
    organisations,
    places,
    web,
)

ROOMS: dict[str, ModuleType] = {
    "activities": activities,
    "allocation": allocation,
    "benefits": benefits,
    "cases": cases,
    "feedback": feedback,
    "hotline": hotline,
    "members": members,
    "organisations": organisations,
    "places": places,
    "web": web,
}
COSTS: dict[str, int] = {
    **account.COSTS,
    **{f"api-1:{name}": count for name, count in operations.COSTS.items()},
    **{
        f"{room}:{name}": count
        for room, module in ROOMS.items()
        for name, count in module.COSTS.items()
    },
}
