"""Divisions and unions for tests."""

import itertools
from typing import Any
from unittest import mock

from niangjia.core import clock
from niangjia.organisations import services
from niangjia.organisations.models import Employer, Kind, Union
from niangjia.regions.models import Division, Level

serial = itertools.count(1)


def make_division(name: str = "", *, parent: Division | None = None, **fields: Any) -> Division:
    """A division below `parent`, one level deeper; a county of its own when none is given."""
    n = next(serial)
    level = fields.pop("level", Level(parent.level + 1) if parent else Level.COUNTY)
    code = fields.pop("code", f"{10_0000_000 + n}" if level == Level.TOWNSHIP else f"{800000 + n}")
    name = name or f"第{n}区"
    values: dict[str, Any] = {
        "short_name": name.rstrip("省市区县镇"),
        "path": f"{parent.path if parent else ''}{code}/",
        "longitude": 120.07,
        "latitude": 29.31,
        "pinyin": "ceshi",
        "initials": "cs",
    }
    return Division.objects.create(
        code=code, name=name, level=level, parent=parent, **(values | fields)
    )


def make_union(name: str = "", *, parent: Union | None = None, **fields: Any) -> Union:
    """A union below `parent`; without one, below the national federation, founded if need be.

    The service asks the database about each rule beforehand, in 22 of its 37 statements, to say
    what is wrong beside the field; here the database's own refusal would do.
    """
    with mock.patch.object(Union, "full_clean"):
        return found_union(name, parent=parent, **fields)


def found_union(name: str = "", *, parent: Union | None = None, **fields: Any) -> Union:
    """The same with every check, for tests of what is refused."""
    n = next(serial)
    if parent is None and fields.pop("is_root", False) is False:
        parent = make_root()
    values: dict[str, Any] = {
        "name": name or f"第{n}工会",
        "kind": Kind.GRASSROOTS,
        "division": fields.pop("division", None) or (parent.division if parent else None),
        "now": clock.now(),
    }
    return services.create_union(parent=parent, **(values | fields))


def make_employer(*unions: Union, name: str = "", **fields: Any) -> Employer:
    """An employer that `unions` are there for; at least one."""
    made = Employer.objects.create(
        name=name or f"第{next(serial)}厂", division=unions[0].division, **fields
    )
    made.unions.add(*unions)
    return made


def make_root() -> Union:
    """The national federation at the country's division, founded if need be."""
    if there := Union.objects.filter(depth=0).first():
        return there
    country = Division.objects.filter(code="100000").first() or make_division(
        "中华人民共和国", code="100000", level=Level.COUNTRY
    )
    return make_union("中华全国总工会", kind=Kind.FEDERATION, division=country, is_root=True)
