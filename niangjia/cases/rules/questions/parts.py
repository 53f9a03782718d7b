"""One question, and many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from niangjia.cases.rules import eligibility
from niangjia.cases.rules.content import Text
from niangjia.core.files import EVERY_KIND, Kind

#: What can be filled in beforehand.
PREFILLS = ("person.name", "phone", "union.name", "employer")


@dataclass(frozen=True)
class Files:
    """What files answer a question: their kinds, how many, of how many megabytes each at most.
    `material` is the key of the item's material that they are, if they are one."""

    kinds: frozenset[Kind] = EVERY_KIND
    most: int = 9
    megabytes: int = 20
    material: str = ""


@dataclass(frozen=True)
class Group:
    """Questions that are asked over and over, once of each: each person of a household. An answer
    is a list of rows; `row` is what one of them is called."""

    questions: Questions
    row: Text
    least: int = 0
    most: int = 20


@dataclass(frozen=True)
class Question:
    """One question. `kind` is text, long, integer, number, date, yes_no, choice, choices, agree (a
    consent, without which it does not go on), files, or group. `is_beside` is one that the form's
    schema does not have: files that are handed in with it. What `may_follow` is needed, and may be
    handed in later."""

    name: str
    label: Text
    kind: str
    help: Text | None = None
    required: bool = False
    options: tuple[tuple[str, Text], ...] = ()
    least: float | None = None
    most: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    depends_on: str = ""
    depends_value: Any = None
    prefill: str = ""
    today_at_most: bool = False
    is_searched: bool = False
    files: Files | None = None
    group: Group | None = None
    is_beside: bool = False
    #: A condition (CEL over the answers) under which it is asked besides; empty for everybody.
    when: str = ""
    may_follow: bool = False


@dataclass(frozen=True)
class Questions:
    """The questions of one form, in their order."""

    every: tuple[Question, ...] = field(default_factory=tuple)

    def and_(self, *more: Question) -> Questions:
        """These, and `more` after them."""
        return Questions((*self.every, *more))

    def find(self, name: str) -> Question | None:
        """The question of this name, or None."""
        return next((question for question in self.every if question.name == name), None)

    @property
    def of_files(self) -> list[Question]:
        """Those that are answered with files."""
        return [question for question in self.every if question.files is not None]

    def shown(self, answers: Mapping[str, Any]) -> list[Question]:
        """Those that are asked of somebody who answers like this: one that hangs on a question
        that is not asked is not asked either, wherever the two stand in the form."""
        by_name = {question.name: question for question in self.every}

        def is_asked(question: Question, below: frozenset[str] = frozenset()) -> bool:
            if not eligibility.is_asked(question.when, person={}, answers=answers):
                return False
            above = by_name.get(question.depends_on)
            if not question.depends_on:
                return True
            if above is None or question.name in below:
                return False
            return fits(answers.get(above.name), question.depends_value) and is_asked(
                above, below | {question.name}
            )

        return [question for question in self.every if is_asked(question)]


def fits(given: Any, wanted: Any) -> bool:
    """Whether an answer is the one wanted, or among those ticked."""
    return wanted in given if isinstance(given, list) else given == wanted
