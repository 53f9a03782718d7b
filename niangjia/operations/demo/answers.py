"""Made-up answers to whatever a service item asks."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import translation

from niangjia.cases.rules.content import Form
from niangjia.cases.rules.questions import Group, Question, Questions, questions_of
from niangjia.operations.demo.answer_words import DAYS, NUMBERS, TEXTS
from niangjia.operations.demo.chance import Dice

#: In which people write here.
LANGUAGE = "zh-hans"

#: Names of people who do not exist.
HOUSEHOLD = ("吴秀英", "陈小雨", "林国平", "吴桂花", "陈子轩", "林阿婆", "吴建军", "陈芳", "林晓")
OTHERWISE = ("见所附材料", "详见材料", "以材料为准")


def answers_to(
    form: Form, dice: Dice, today: dt.date, *, known: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Answers that fit the form: everything required, and what comes into view by the answers.
    What is `known` of the person (by the names of the form's `prefill`) is answered with it."""
    questions = questions_of(form)
    given: dict[str, Any] = {}
    while True:
        asked = [q for q in questions.shown(given) if q.required and q.name not in given]
        if not asked:
            return given | rows_for(questions, dice, today)
        for question in asked:
            said = (known or {}).get(question.prefill)
            given[question.name] = said or answer(question, dice, today)


def rows_for(questions: Questions, dice: Dice, today: dt.date) -> dict[str, Any]:
    """One to three rows for each group that is asked of everybody: the people of a household."""
    return {
        question.name: [row(question.group, dice, today, n) for n in range(dice.number(1, 3))]
        for question in questions.every
        if question.group and not question.depends_on
    }


def row(group: Group, dice: Dice, today: dt.date, number: int) -> dict[str, Any]:
    """One row of a group, with everything that is asked in it."""
    given: dict[str, Any] = {}
    inside = group.questions
    while asked := [q for q in inside.shown(given) if q.name not in given]:
        for question in asked:
            if question.name == "name":
                given["name"] = HOUSEHOLD[(number + dice.number(0, 2) * 3) % len(HOUSEHOLD)]
            elif question.name == "born":
                given["born"] = today.year - dice.number(8, 68)
            else:
                given[question.name] = answer(question, dice, today)
    return given


def answer(question: Question, dice: Dice, today: dt.date) -> Any:
    """One answer of the right kind and size, in words that fit what is asked."""
    with translation.override(LANGUAGE):
        asked = str(question.label)
    if question.kind == "agree":
        return True
    if question.kind == "yes_no":
        return dice.happens(0.3)
    if question.kind in ("choice", "choices"):
        # The first is what most people answer.
        value, _words = dice.pick(question.options[:1] if dice.happens(0.5) else question.options)
        return [value] if question.kind == "choices" else value
    if question.kind == "date":
        return (today - dt.timedelta(days=dice.number(*DAYS.get(asked, (10, 60))))).isoformat()
    if question.kind in ("integer", "number"):
        low = int(question.least or 0)
        most = int(min(question.most or low + 3000, low + 3000))
        low, most, step = NUMBERS.get(asked, (low, most, 1))
        return dice.number(low // step, most // step) * step
    words = dice.pick(TEXTS.get(asked, OTHERWISE))
    while len(words) < (question.min_length or 0):
        words += words
    return words[: question.max_length or 500]
