"""Makers of pools for tests."""

import datetime as dt
from typing import Any

from niangjia.allocation import services
from niangjia.allocation.models import Pool
from niangjia.allocation.rules.granting import Terms
from niangjia.core import clock
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union, serial


def make_terms(**fields: Any) -> Terms:
    """Open since an hour and for another one, to everybody, one each."""
    now = clock.now()
    values: dict[str, Any] = {
        "opens_at": now - dt.timedelta(hours=1),
        "closes_at": now + dt.timedelta(hours=1),
        "per_person": 1,
        "reach": "",
        "needs_real_name": False,
        "member_days": 0,
    }
    return Terms(**(values | fields))


def make_pool(*, supply: int = 3, union: Union | None = None, **terms: Any) -> Pool:
    """A pool that is open."""
    return services.open_pool(
        subject=f"test:{next(serial)}",
        union=union or make_union(),
        supply=supply,
        terms=make_terms(**terms),
        by=None,
    )
