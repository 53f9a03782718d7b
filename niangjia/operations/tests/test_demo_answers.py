"""What the demonstration answers fits every question of the national services."""

import datetime as dt

import pytest

from niangjia.cases.rules import answers, content
from niangjia.cases.services import catalogue
from niangjia.core.errors import Invalid
from niangjia.operations.demo.answer_words import DAYS, NUMBERS, TEXTS
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.chance import Dice

FORMS = [
    pytest.param(form, id=f"{item.key}-{name}")
    for item in map(content.read, catalogue.seeds())
    for name, form in [("form", item.form), *((step.key, step.form) for step in item.steps)]
    if form is not None
]


@pytest.mark.parametrize("form", FORMS)
def test_made_up_answers_fit(form):
    for number in range(12):
        given = answers_to(form, Dice("answers", number), dt.date(2026, 11, 23))
        assert answers.checked(form, given) == given


@pytest.mark.parametrize("form", FORMS)
def test_answers_with_one_missing_do_not(form):
    given = answers_to(form, Dice("answers", 0), dt.date(2026, 11, 23))
    for name in form.schema_["required"]:
        with pytest.raises(Invalid):
            answers.checked(form, {key: value for key, value in given.items() if key != name})


def test_nothing_is_kept_for_questions_that_nobody_asks():
    asked = {
        hint["label"]["zh"]
        for form in (each.values[0] for each in FORMS)
        for hint in form.model_dump(mode="json")["ui"]["fields"].values()
    }
    assert not {*TEXTS, *NUMBERS, *DAYS} - asked
