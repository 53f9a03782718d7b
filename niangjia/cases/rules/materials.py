"""What an item wants handed in, and what of it is there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from niangjia.cases.rules import eligibility
from niangjia.cases.rules.content import Item, Material, Step
from niangjia.cases.rules.questions import (
    MORE,
    Question,
    Questions,
    free_files,
    question_of_material,
    questions_of,
)


class Slotted(Protocol):
    """A file that answers a question."""

    @property
    def slot(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class HandedIn:
    """A material that is asked of somebody, and the files that are it: none while it is lacking."""

    material: Material
    files: Sequence[Slotted]


def handed_in(item: Item, answers: Mapping[str, Any], files: Collection[Slotted]) -> list[HandedIn]:
    """The materials asked of somebody who answers like this, each with its files."""
    return [
        HandedIn(each, [file for file in files if file.slot in slots_of(item, each)])
        for each in item.materials
        if eligibility.is_asked(each.when, person={}, answers=answers)
    ]


def unasked_slots(item: Item, answers: Mapping[str, Any]) -> set[str]:
    """The questions of materials that are not asked of somebody who answers like this: what lies
    there is not kept."""
    return {
        question_of_material(each).name
        for each in item.materials
        if not eligibility.is_asked(each.when, person={}, answers=answers)
    }


def slots_of(item: Item, material: Material) -> set[str]:
    """The questions, of the item and of its steps, that take a material."""
    forms = [item.form, *(step.form for step in item.steps if step.form)]
    of_files = [question for form in forms for question in questions_of(form).of_files]
    tied = {q.name for q in of_files if q.files and q.files.material == material.key}
    return {question_of_material(material).name, *tied}


def asked_besides(handed: Sequence[HandedIn]) -> list[Question]:
    """The questions that take what is still lacking, and whatever else somebody wants to add."""
    lacking = [question_of_material(each.material) for each in handed if not each.files]
    return [*lacking, free_files(MORE)]


def asked_in(step: Step | None, besides: Sequence[Question]) -> Questions:
    """What a step asks of whoever's turn it is, with the files that may come along."""
    own = questions_of(step.form).every if step and step.form else ()
    taken = {question.files.material for question in own if question.files}
    more = [each for each in besides if not each.files or each.files.material not in taken - {""}]
    return Questions((*own, *more))
