"""A consent is a box to tick, and without it nothing goes on."""

import pytest

from niangjia.cases.forms.questions import AGREE, QuestionsForm
from niangjia.cases.rules.content import Form
from niangjia.cases.rules.questions import questions_of

FORM = Form.model_validate(
    {
        "schema": {
            "type": "object",
            "required": ["consent"],
            "properties": {
                "consent": {"type": "boolean", "const": True},
                "news": {"type": "boolean"},
            },
        },
        "ui": {"fields": {"consent": {"label": {"zh": "我同意", "en": "I agree"}}}},
    }
)


def typed(**data):
    form = QuestionsForm(questions_of(FORM), data)
    form.is_valid()
    return form


def test_it_is_a_box_to_tick():
    html = str(typed()["consent"])
    assert 'type="checkbox"' in html
    assert "data-" not in html


@pytest.mark.parametrize("said", ["on", "yes", "true"])
def test_ticked_it_is_given(said):
    form = typed(consent=said)
    assert form.errors == {}
    assert form.answers() == {"consent": True}


@pytest.mark.parametrize("data", [{}, {"consent": ""}, {"consent": "false"}])
def test_not_ticked_it_says_so_beside_the_box(data):
    assert typed(**data).errors == {"consent": [AGREE]}


def test_an_ordinary_yes_or_no_may_be_no():
    form = typed(consent="on", news="no")
    assert form.answers() == {"consent": True, "news": False}
