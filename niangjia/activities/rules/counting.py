"""What people answered to an activity's own questions, added up: how many shirts of each size."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from niangjia.activities.rules.questions import EMPTY, LISTS, Question


@dataclass(frozen=True)
class Counted:
    """One question: how many chose each answer, in the order of the list; what numbers come to;
    how many wrote something, and how many of those who are asked have not answered."""

    question: Question
    chosen: Sequence[tuple[str, int]]
    total: int | None
    answered: int
    missing: int


def counted(
    asked: Iterable[Question], told: Sequence[tuple[Mapping[str, Any], bool]]
) -> list[Counted]:
    """Of each question what was answered. `told` are the answers of everybody who comes, by the
    keys of the questions, and whether they are a companion."""
    return [count_one(each, told) for each in asked]


def count_one(question: Question, told: Sequence[tuple[Mapping[str, Any], bool]]) -> Counted:
    """Companions count where they are asked as well."""
    said = [
        answers.get(question.key)
        for answers, is_companion in told
        if question.of_each or not is_companion
    ]
    given: list[Any] = [value for value in said if value not in EMPTY]
    return Counted(
        question=question,
        chosen=chosen(question, given),
        total=sum(given) if question.kind == "number" else None,
        answered=len(given),
        missing=len(said) - len(given),
    )


def chosen(question: Question, given: Iterable[Any]) -> list[tuple[str, int]]:
    """How many chose each of a list, nobody's choice among them; yes and no alike ("yes", "no")."""
    if question.kind == "yes_no":
        counts = Counter("yes" if value else "no" for value in given)
        return [(each, counts[each]) for each in ("yes", "no")]
    if question.kind not in LISTS:
        return []
    counts = Counter(
        one for value in given for one in (value if isinstance(value, list) else [value])
    )
    return [(option, counts[option]) for option in question.options]
