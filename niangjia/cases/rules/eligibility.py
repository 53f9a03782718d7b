"""Whether somebody may be given a service, condition by condition (CEL, the Common Expression
Language).

Conditions speak of `person` (age, gender, is_member, months_a_member), `answers` (what the form
asks), `days` and `months` (how many whole ones have passed since a day that the form asks for, so
that nobody has to count them) and `settings` (the item's parameters here). Numbers are all of one
kind, doubles, so that any two can be compared. What is not known yet makes a condition open, not
failed: the answer is then what is still to be asked.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import celpy
from celpy import celtypes
from celpy.celparser import CELParseError
from celpy.evaluation import CELEvalError
from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _
from lark import Token

from niangjia.cases.rules.content import Condition, Form, Item
from niangjia.core.errors import Invalid

#: Counted from a day that was answered to today, and known for conditions alone.
COUNTED = ("days", "months")
NAMES = frozenset({"person", "answers", "settings", *COUNTED})


class Answer(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


@dataclass(frozen=True)
class Verdict:
    """What comes of one condition, with the article it rests on. `unset` are the parameters it
    reads that nobody has set for this place: until then it stays open."""

    condition: Condition
    answer: Answer
    unset: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """What comes of all of them."""

    verdicts: tuple[Verdict, ...]

    @property
    def answer(self) -> Answer:
        """Fails when one fails; holds when all hold; open otherwise."""
        answers = {verdict.answer for verdict in self.verdicts}
        if Answer.FAILS in answers:
            return Answer.FAILS
        return Answer.OPEN if Answer.OPEN in answers else Answer.HOLDS


@lru_cache(1_000)
def program(text: str) -> Any:
    """The compiled condition. Raises `ValueError` for what is no expression, or speaks of anything
    but `NAMES`."""
    environment = celpy.Environment()
    try:
        tree = environment.compile(text)
    except CELParseError as error:
        raise ValueError(f"not an expression: {text}") from error
    strange = {str(token) for ident in tree.find_data("ident") for token in ident.children} - NAMES
    if strange:
        raise ValueError(f"speaks of {', '.join(sorted(strange))}: {text}")
    for literal in tree.find_data("literal"):
        (token,) = literal.children
        if isinstance(token, Token) and token.type == "INT_LIT":
            literal.children = [Token("FLOAT_LIT", f"{int(token, 0)}.0")]
    return environment.program(tree)


def check(item: Item) -> None:
    """Raise `Invalid` when a condition, the `when` of a material, or what makes a case urgent
    cannot be worked out."""
    beside = [m.when for m in item.materials if m.when]
    beside += [item.urgent.when] if item.urgent else []
    for text in [*(c.when for c in item.eligibility), *beside]:
        try:
            if counted_from(text) and text in beside:
                raise ValueError(f"counts to today: {text}")
            program(text)
        except ValueError as error:
            message = _("This condition cannot be worked out: %(text)s") % {"text": text}
            raise Invalid(message, code="bad-condition", fields={"content": message}) from error


def outlook(
    item: Item, *, person: Mapping[str, Any], answers: Mapping[str, Any], today: dt.date
) -> Outlook:
    """What `item` asks of somebody, as far as they are known `today`, by the clock of China."""
    known = {"person": person, "answers": answers, "settings": item.parameters}
    facts = typed(known | counted(item, answers, today))
    return Outlook(
        tuple(
            Verdict(
                condition,
                judged(condition.when, facts),
                tuple(sorted(read_by(condition.when, "settings") & set(item.unset))),
            )
            for condition in item.eligibility
        )
    )


def counted(item: Item, answers: Mapping[str, Any], today: dt.date) -> dict[str, dict[str, int]]:
    """Whole days and months from each day that was answered to `today`; less than none from one
    that is still to come."""
    asked = {
        name: dt.date.fromisoformat(answers[name]) for name in dates_of(item) if name in answers
    }
    passed = {name: relativedelta(today, day) for name, day in asked.items()}
    return {
        "days": {name: (today - day).days for name, day in asked.items()},
        "months": {name: since.years * 12 + since.months for name, since in passed.items()},
    }


def dates_of(item: Item) -> set[str]:
    """The names of the questions that ask for a day."""
    asked = item.form.schema_.get("properties", {})
    return {name for name, each in asked.items() if each.get("format") == "date"}


def is_asked(when: str, *, person: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether a material is asked of somebody: also while it is not known."""
    facts = typed({"person": person, "answers": answers, "settings": {}})
    return not when or judged(when, facts) != Answer.FAILS


def is_urgent(item: Item, answers: Mapping[str, Any]) -> bool:
    """Whether what was answered says that somebody may be in danger."""
    if item.urgent is None:
        return False
    facts = typed({"person": {}, "answers": answers, "settings": item.parameters})
    return judged(item.urgent.when, facts) == Answer.HOLDS


def judged(text: str, facts: Any) -> Answer:
    """One condition over typed facts."""
    try:
        return Answer.HOLDS if bool(program(text).evaluate(facts)) else Answer.FAILS
    except CELEvalError:
        return Answer.OPEN


def typed(value: Any) -> Any:
    """`value` as CEL has it: every number a double."""
    if isinstance(value, Mapping):
        known = {name: each for name, each in value.items() if each is not None}
        return celtypes.MapType(
            {celtypes.StringType(name): typed(each) for name, each in known.items()}
        )
    if isinstance(value, bool):
        return celtypes.BoolType(value)
    if isinstance(value, int | float):
        return celtypes.DoubleType(value)
    if isinstance(value, str):
        return celtypes.StringType(value)
    if isinstance(value, Sequence):
        return celtypes.ListType([typed(each) for each in value])
    raise TypeError(f"not a fact: {value!r}")


def asked_about(item: Item) -> set[str]:
    """The names of the questions that conditions depend on."""
    names: set[str] = set()
    for condition in item.eligibility:
        names |= read_by(condition.when, "answers") | counted_from(condition.when)
    return names


def counted_from(text: str) -> frozenset[str]:
    """The names of the days from which a condition counts to today."""
    return frozenset().union(*(read_by(text, unit) for unit in COUNTED))


def asked_in_part(item: Item) -> Form:
    """The questions that conditions depend on as a form of their own, none of which need be
    answered: what is not said leaves a condition open."""
    wanted, schema = asked_about(item), item.form.schema_
    properties = {
        name: asked for name, asked in schema.get("properties", {}).items() if name in wanted
    }
    plain = {"type": "object", "properties": properties, "additionalProperties": False}
    return Form.model_validate({"schema": plain})


@lru_cache(1_000)
def read_by(text: str, of: str) -> frozenset[str]:
    """The names below `of` (one of `NAMES`) that a condition reads."""
    names = set()
    for member in program(text).ast.find_data("member_dot"):
        owner = [str(token) for ident in member.find_data("ident") for token in ident.children]
        if owner == [of]:
            names.add(str(member.children[1]))
    return frozenset(names)
