"""Makers of pools for tests."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from niangjia.allocation import services
from niangjia.allocation.models import Pool
from niangjia.allocation.services import Answered, Ask, PoolDraft
from niangjia.core import clock, idempotency
from niangjia.members.models import Account
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union, serial


def make_draft(**fields: Any) -> PoolDraft:
    """Open since an hour and for another one, to everybody, one each."""
    now = clock.now()
    values: dict[str, Any] = {
        "name": "观影名额",
        "opens_at": now - dt.timedelta(hours=1),
        "closes_at": now + dt.timedelta(hours=1),
    }
    return PoolDraft(**(values | fields))


def make_pool(*, supply: int = 3, union: Union | None = None, **draft: Any) -> Pool:
    """A pool that is open."""
    return services.open_pool(
        subject=f"test:{next(serial)}",
        union=union or make_union(),
        supply=supply,
        draft=make_draft(**draft),
        by=None,
    )


def claim(
    pool: Any, account: Account, key: str | None = None, now: Any = None, parts: int = 1
) -> Answered:
    """One claim of one account, now."""
    ask = Ask(getattr(pool, "pk", pool), account.pk, key, parts)
    return services.claim(ask=ask, now=now or clock.now())


def asks_of(
    pool_id: uuid.UUID, account_ids: Iterable[uuid.UUID], *, is_keyed: bool = True
) -> list[Ask]:
    """Everybody wants one, each under a key of their own."""
    return [
        Ask(pool_id, account_id, f"key-{account_id}" if is_keyed else None)
        for account_id in account_ids
    ]


def answer_under(account: Account, key: str) -> None:
    """Something else than a claim was answered under this key."""
    idempotency.once(
        account_id=account.pk,
        key=key,
        content=b"POST /api/v1/elsewhere\n",
        run=lambda: idempotency.Answer(201),
    )
