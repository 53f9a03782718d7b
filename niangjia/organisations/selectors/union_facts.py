"""Everything the page of a union follows from but the time, read in one statement, as one text.

As long as the text is the same, so is the page: it need not be put together again, whatever else
has been committed in between.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, working_calendar
from niangjia.core.errors import NotFound
from niangjia.organisations.models import Employer, Tree, Union
from niangjia.organisations.rules import SEGMENT_LENGTH
from niangjia.organisations.selectors.figures import Figures
from niangjia.regions.models import Division

#: More than fits on a screen: the rest is found by searching.
CHILDREN, EMPLOYERS = 12, 12

#: Children are looked up by their parent and then sorted (OFFSET 0 sees to that): in the order of
#: paths PostgreSQL would walk the whole tree below to find the first few.
READ = """
    SELECT json_build_object(
        'union', u,
        'division', json_build_object('code', d.code, 'name', d.name, 'level', d.level),
        'chain', (
            SELECT json_agg(json_build_object(
                'number', upper.number, 'name', upper.name, 'kind', upper.kind) ORDER BY upper.path)
            FROM generate_series(%(segment)s, length(u.path) - 1, %(segment)s) AS prefix_length
            JOIN organisations_union AS upper ON upper.path = left(u.path, prefix_length)
        ),
        'children', (
            SELECT json_agg(child) FROM (
                SELECT number, name, kind FROM (
                    SELECT number, name, kind, path FROM organisations_union
                    WHERE parent_id = u.id AND status <> 'dissolved' OFFSET 0
                ) AS below ORDER BY path LIMIT %(children)s
            ) AS child
        ),
        'employers', (
            SELECT json_agg(json_build_object('name', name, 'trade', trade)) FROM (
                SELECT e.name, e.trade FROM organisations_union_employers AS link
                JOIN organisations_employer AS e ON e.id = link.employer_id
                WHERE link.union_id = u.id ORDER BY e.name, e.id LIMIT %(employers)s
            ) AS employer
        ),
        'figures', (
            SELECT json_object_agg(metric, total ORDER BY metric) FROM (
                SELECT metric, sum(value) AS total FROM (
                    SELECT metric, value FROM organisations_figure
                    WHERE union_id = u.id AND tree = %(tree)s
                    UNION ALL
                    SELECT change.metric, change.change FROM organisations_figurechange AS change
                    JOIN organisations_union AS changed ON changed.id = change.union_id
                    WHERE left(changed.path, length(u.path)) = u.path
                ) AS both_halves
                WHERE metric = 'members' OR metric LIKE 'unions:%%'
                GROUP BY metric
            ) AS figure
        ),
        'calendar', {calendar}
    )::text
    FROM organisations_union AS u JOIN regions_division AS d ON d.code = u.division_id
    WHERE u.number = %(number)s
"""
CALENDAR = working_calendar.as_json(province="left(u.division_id, 2)")
FIELDS: list[Any] = list(Union._meta.concrete_fields)


@dataclass(frozen=True)
class UnionFacts:
    """What stands in the text. `children` are one more than are shown if there are that many."""

    union: Union
    chain: list[Union]
    children: list[Union]
    employers: list[Employer]
    figures: Figures
    calendar: working_calendar.Calendar


def read_union_facts(number: str, *, today: dt.date) -> str:
    """The text about the union with this number (spaces and hyphens aside) as of `today`. One
    query. Raises `NotFound`; a number whose check digit does not hold is said to be mistyped."""
    typed = number[:40]
    if not ids.check_digit_holds(typed):
        raise NotFound(
            _("This number has a digit that does not fit. Check whether it was mistyped."),
            code="number-mistyped",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            READ.format(calendar=CALENDAR),
            {
                "number": typed.replace(" ", "").replace("-", ""),
                "segment": SEGMENT_LENGTH,
                "tree": Tree.TERRITORY.value,
                "children": CHILDREN + 1,
                "employers": EMPLOYERS,
                **working_calendar.span(today),
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("There is no such union."))
    return str(row[0])


def parse_union_facts(text: str) -> UnionFacts:
    """What the text says, as objects that are not saved again."""
    read = json.loads(text)
    union = Union(**{f.attname: f.to_python(read["union"][f.column]) for f in FIELDS})
    union.division = Division(**read["division"])
    return UnionFacts(
        union=union,
        chain=[Union(**upper) for upper in read["chain"] or []],
        children=[Union(**child) for child in read["children"] or []],
        employers=[Employer(**employer) for employer in read["employers"] or []],
        figures=read["figures"] or {},
        calendar=working_calendar.from_json(read["calendar"]),
    )
