"""Services act on protected rows in their own name, once they have checked who asks."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from niangjia.core import protection

P = ParamSpec("P")
R = TypeVar("R")


def as_work(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a service as the work `name` ("feedback.rate"), so that the database shows it protected
    rows. It goes inside `transactions.atomic`."""

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def worked(*args: P.args, **kwargs: P.kwargs) -> R:
            with protection.working(name):
                return service(*args, **kwargs)

        return worked

    return decorate
