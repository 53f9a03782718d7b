"""Carrying what was typed over to a form that has changed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from niangjia.cases.rules.content import Form
from niangjia.cases.rules.questions import Question, questions_of
from niangjia.cases.rules.wording import Answered, in_words


@dataclass(frozen=True)
class Carried:
    """What becomes of a draft: the answers that still have their question; which questions are new
    (`added`) or asked differently (`changed`), by their labels; and what is asked no more or fits
    no more (`gone`), in words, so that it can be said elsewhere."""

    answers: Mapping[str, Any]
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    gone: Sequence[Answered] = field(default_factory=tuple)

    @property
    def is_news(self) -> bool:
        """Whether there is something to say about it."""
        return bool(self.added or self.changed or self.gone)


def carried(before: Form, after: Form, answers: Mapping[str, Any]) -> Carried:
    """`answers`, typed under `before`, under `after`."""
    old = {question.name: question for question in questions_of(before).every}
    new = {question.name: question for question in questions_of(after).every}
    kept = {
        name: value
        for name, value in answers.items()
        if name in new and (name not in old or still_fits(old[name], new[name], value))
    }
    lost = {name: value for name, value in answers.items() if name not in kept}
    return Carried(
        answers=kept,
        added=[str(question.label) for name, question in new.items() if name not in old],
        changed=[
            str(question.label)
            for name, question in new.items()
            if name in old and is_asked_differently(old[name], question)
        ],
        gone=in_words(before, lost),
    )


def still_fits(old: Question, new: Question, value: Any) -> bool:
    """Whether an answer to `old` can stand as one to `new`."""
    if old.kind != new.kind:
        return {old.kind, new.kind} == {"text", "long"}
    if not new.options:
        return True
    values = value if isinstance(value, list) else [value]
    return {str(each) for each in values} <= {key for key, _words in new.options}


def is_asked_differently(old: Question, new: Question) -> bool:
    """Whether somebody who answered `old` should look at `new` again."""
    return (old.label, old.help, old.kind, old.options) != (
        new.label,
        new.help,
        new.kind,
        new.options,
    )
