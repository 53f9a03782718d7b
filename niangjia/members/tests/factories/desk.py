"""Unions in a small tree, officers and their posts."""

import itertools

from niangjia.core import clock
from niangjia.members.models import Account, Post, Reach, Role
from niangjia.organisations.models import Kind, Union
from niangjia.regions.models import Division

_counter = itertools.count(1)


def make_division(code: str = "330782", name: str = "义乌市") -> Division:
    """A division that hangs under nothing."""
    return Division.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "short_name": name,
            "level": 3,
            "path": f"{code}/",
            "pinyin": "",
            "initials": "",
        },
    )[0]


def make_union(*, parent: Union | None = None, name: str = "", **fields) -> Union:
    """A union below `parent`, or the root of a tree."""
    body = f"{next(_counter):013d}"
    return Union.objects.create(
        number=body + "0",
        name=name or f"第 {int(body)} 工会",
        kind=fields.pop("kind", Kind.FEDERATION),
        parent=parent,
        path=f"{parent.path if parent else ''}{body}/",
        depth=parent.depth + 1 if parent else 0,
        division=fields.pop("division", None) or make_division(),
        **fields,
    )


def make_account(phone: str = "") -> Account:
    """Somebody who can sign in."""
    return Account.objects.create_user(phone or f"+861390000{next(_counter):04d}")


def make_post(
    *,
    account: Account | None = None,
    union: Union | None = None,
    role: Role = Role.CHAIR,
    reach: Reach = Reach.SUBTREE,
    **fields,
) -> Post:
    """A post held now, as the node's keeper would set it up."""
    return Post.objects.create(
        account=account or make_account(),
        union=union or make_union(),
        role=role,
        reach=reach,
        appointed_at=fields.pop("appointed_at", clock.now()),
        **fields,
    )
