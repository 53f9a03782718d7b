"""The same conditions over a whole union's members, as one predicate of the database.

What only an answer can tell stays possible: the members found are those who could be helped, not
those who will be. Each part of a condition says when it can be true and when it can be false, so
that "not" and "or" of what is unknown come out right.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from lark import Token, Tree

from niangjia.cases.rules.content import Item
from niangjia.cases.rules.eligibility import program

ALWAYS = ~Q(pk__in=[])
OPERATORS = {
    "relation_lt": "lt",
    "relation_le": "lte",
    "relation_gt": "gt",
    "relation_ge": "gte",
    "relation_eq": "exact",
    "relation_ne": "ne",
}
#: More is less: somebody is older the earlier they were born.
MIRRORED = {"lt": "gt", "lte": "gte", "gt": "lt", "gte": "lte"}


@dataclass(frozen=True)
class Possible:
    """Over which rows a condition can be true, and over which it can be false."""

    true: Q
    false: Q

    def __and__(self, other: "Possible") -> "Possible":
        return Possible(self.true & other.true, self.false | other.false)

    def __or__(self, other: "Possible") -> "Possible":
        return Possible(self.true | other.true, self.false & other.false)

    def __invert__(self) -> "Possible":
        return Possible(self.false, self.true)


UNKNOWN = Possible(ALWAYS, ALWAYS)


def could_be_helped(item: Item, today: dt.date) -> Q:
    """Members (a predicate over `Membership`) none of whose known facts rules `item` out."""
    found = ALWAYS
    for condition in item.eligibility:
        found &= Reader(item.parameters, today).read(program(condition.when).ast).true
    return found


@dataclass(frozen=True)
class Reader:
    """Reads the tree of one condition."""

    settings: Mapping[str, Any]
    today: dt.date

    def read(self, node: Tree[Token]) -> Possible:
        """What a part of a condition comes to."""
        children = [child for child in node.children if isinstance(child, Tree)]
        if node.data == "conditionalor" and len(children) == 2:
            return self.read(children[0]) | self.read(children[1])
        if node.data == "conditionaland" and len(children) == 2:
            return self.read(children[0]) & self.read(children[1])
        if node.data == "relation" and len(children) == 2:
            operator, right = children
            (left,) = [child for child in operator.children if isinstance(child, Tree)]
            return self.compared(str(operator.data), left, right)
        if node.data == "unary" and len(children) == 2:
            sign, rest = children
            return ~self.read(rest) if sign.data == "unary_not" else UNKNOWN
        if fact := fact_of(node):
            return self.flag(fact)
        return self.read(children[0]) if len(children) == 1 else UNKNOWN

    def flag(self, fact: str) -> Possible:
        """A fact that is true or false by itself."""
        if fact == "person.is_member":
            return Possible(Q(status="admitted"), ~Q(status="admitted"))
        return UNKNOWN

    def compared(self, operator: str, left: Tree[Token], right: Tree[Token]) -> Possible:
        """A fact beside a value, either way round."""
        fact, value, lookup = fact_of(left), self.value(right), OPERATORS.get(operator, "")
        if value is None and (fact := fact_of(right)):
            value, lookup = self.value(left), MIRRORED.get(lookup, lookup)
        if value is None or not fact or not lookup:
            return UNKNOWN
        if fact == "person.gender" and lookup in ("exact", "ne"):
            is_it = Q(person__gender=value)
            known = Possible(is_it | Q(person__gender=""), ~is_it)
            return known if lookup == "exact" else ~known
        if fact == "person.age" and lookup in MIRRORED:
            return self.before("person__birth_date", lookup, years=int(value))
        if fact == "person.months_a_member" and lookup in MIRRORED:
            return self.before("admitted_date", lookup, months=int(value))
        return UNKNOWN

    def before(self, column: str, lookup: str, *, years: int = 0, months: int = 0) -> Possible:
        """A count of whole years or months since a day: at least n of them have passed when the day
        is n of them ago or earlier."""
        more = 1 if lookup in ("gt", "lte") else 0
        day = self.today - relativedelta(
            years=years + (more if years else 0), months=months + (more if months else 0)
        )
        passed = Q(**{f"{column}__lte": day})
        is_unknown = Q(**{f"{column}__isnull": True})
        not_passed = ~passed | is_unknown
        if lookup in ("gte", "gt"):
            return Possible(passed | is_unknown, not_passed)
        return Possible(not_passed, passed | is_unknown)

    def value(self, node: Tree[Token]) -> Any:
        """A literal, or a setting; None for anything else."""
        name = fact_of(node)
        if name.startswith("settings."):
            return self.settings.get(name.removeprefix("settings."))
        literals = list(node.find_data("literal"))
        if len(literals) != 1 or len(list(node.scan_values(lambda _token: True))) != 1:
            return None
        text = str(literals[0].children[0])
        return text[1:-1] if text[0] in "\"'" else float(text)


def fact_of(node: Tree[Token]) -> str:
    """ "person.age" for exactly that; "" for anything else, and for its opposite."""
    found = list(node.find_data("member_dot"))
    if any(node.find_data("unary_not")) or any(node.find_data("unary_neg")):
        return ""
    tokens = [str(token) for token in node.scan_values(lambda token: isinstance(token, Token))]
    return ".".join(tokens) if len(found) == 1 and len(tokens) == 2 else ""
