"""The questions of a service item, as few as a call needs.

What an agent has taken down already is not asked again: the words of the caller answer the first
long question, the name, the number and the employer those that could be filled in beforehand. The
rest that is required is asked; what may be left out stands apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.cases.rules.questions import Question, Questions


@dataclass(frozen=True)
class Reduced:
    """`taken` says which field of the intake answers a question; `asked` and `optional` are the
    others, in their order."""

    taken: Mapping[str, str]
    asked: tuple[str, ...]
    optional: tuple[str, ...]


#: Which field of the intake holds what an item wants to have filled in beforehand.
PREFILLED = {"person.name": "name", "phone": "phone", "employer": "employer"}


def reduced(questions: Questions) -> Reduced:
    """How `questions` are asked during a call."""
    taken: dict[str, str] = {}
    for question in questions.every:
        if source := PREFILLED.get(question.prefill):
            taken[question.name] = source
    if main := main_question(questions):
        taken[main.name] = "matter"
    # Nobody hands in a paper on the phone: what is missing is asked for once there is a case.
    rest = [q for q in questions.every if q.name not in taken and not q.files]
    needed = {question.name for question in rest if question.required}
    # A question on which a needed one hangs is asked as well, or nobody gets there.
    needed |= {q.depends_on for q in rest if q.name in needed and q.depends_on}
    return Reduced(
        taken=taken,
        asked=tuple(question.name for question in rest if question.name in needed),
        optional=tuple(question.name for question in rest if question.name not in needed),
    )


def main_question(questions: Questions) -> Question | None:
    """The one that the caller's own words answer: the first long one that has to be answered and is
    asked of everybody."""
    free = [q for q in questions.every if q.kind == "long" and not q.depends_on and not q.prefill]
    return next((q for q in free if q.required), free[0] if free else None)
