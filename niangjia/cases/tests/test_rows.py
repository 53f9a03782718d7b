"""Questions that are asked over and over, once of each: a household's people."""

import pytest

from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.rules import answers as answer_rules
from niangjia.cases.rules.content import Form
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.rules.wording import in_words
from niangjia.cases.tests.factories import text
from niangjia.core.errors import Invalid

HOUSEHOLD = Form.model_validate(
    {
        "schema": {
            "type": "object",
            "properties": {
                "family": {
                    "type": "array",
                    "maxItems": 3,
                    "items": {
                        "type": "object",
                        "properties": {
                            "name": {"type": "string", "minLength": 2},
                            "ill": {"type": "boolean"},
                            "illness": {"type": "string"},
                            "income": {"type": "integer", "minimum": 0},
                        },
                        "required": ["name"],
                        "additionalProperties": False,
                    },
                }
            },
        },
        "ui": {
            "fields": {
                "family": {
                    "label": text("家庭成员"),
                    "row": text("家庭成员"),
                    "order": ["name", "ill", "illness", "income"],
                    "fields": {
                        "name": {"label": text("姓名")},
                        "ill": {"label": text("患病")},
                        "illness": {
                            "label": text("什么病"),
                            "show_when": {"field": "ill", "equals": True},
                            "required": True,
                        },
                        "income": {"label": text("月收入")},
                    },
                }
            }
        },
    }
)
QUESTIONS = questions_of(HOUSEHOLD)
LI = {"family-0-name": "李秀兰", "family-0-ill": "yes", "family-0-illness": "糖尿病"}
WANG = {"family-2-name": "王小明", "family-2-ill": "no", "family-2-income": "0"}
TWO = {"family": "3", **LI, **WANG}


def test_rows_become_a_list_and_what_was_left_empty_is_no_row():
    form = QuestionsForm(QUESTIONS, TWO)
    assert form.is_valid(), form.errors
    assert form.answers() == {
        "family": [
            {"name": "李秀兰", "ill": True, "illness": "糖尿病"},
            {"name": "王小明", "ill": False, "income": 0},
        ]
    }
    assert answer_rules.checked(HOUSEHOLD, form.answers()) == form.answers()


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"family-0-name": ""}, {"family-0-name"}),
        ({"family-0-illness": ""}, {"family-0-illness"}),
        ({"family-2-income": "-3", "family-0-name": "李"}, {"family-2-income", "family-0-name"}),
        ({"family-0-ill": "no", "family-0-illness": ""}, set()),
    ],
)
def test_what_is_wrong_stands_beside_the_field_of_its_row(changed, wrong):
    assert set(QuestionsForm(QUESTIONS, TWO | changed).errors) == wrong


def test_the_api_is_told_the_same_field():
    with pytest.raises(Invalid) as refused:
        answer_rules.checked(HOUSEHOLD, {"family": [{"name": "李秀兰"}, {"income": -1}]})
    assert set(refused.value.fields) == {"family-1-name", "family-1-income"}


@pytest.mark.parametrize(
    ("pressed", "names"),
    [
        ({"more": "family"}, ["李秀兰", None, "王小明"]),
        ({"less": "family-0"}, [None, "王小明"]),
        ({"less": "family-2"}, ["李秀兰", None]),
    ],
)
def test_without_a_script_a_button_adds_and_takes_away_and_nothing_is_lost(pressed, names):
    again = QuestionsForm(QUESTIONS, TWO | pressed).reshaped()
    (part,) = again.parts
    # Three are all that fit: a fourth is not added.
    assert [row.fields[0].value() for row in part.rows] == names
    assert not again.is_bound


def test_a_form_that_is_sent_is_not_reshaped():
    assert QuestionsForm(QUESTIONS, TWO).reshaped() is None


def test_a_row_that_a_script_took_away_leaves_no_gap():
    (part,) = QuestionsForm(QUESTIONS, {"family": "3", **LI, **WANG}).parts
    assert [row.number for row in part.rows] == [1, 2]
    assert part.blank.fields[0].html_name == "family-__row__-name"


def test_what_was_typed_comes_back_as_typed_and_as_an_answer_where_it_is_one():
    typed = QuestionsForm(QUESTIONS, TWO | {"family-2-income": "很少"}).typed()
    assert typed["family"][1] == {"name": "王小明", "ill": False, "income": "很少"}
    (part,) = QuestionsForm(QUESTIONS, known=typed).parts
    assert [field.value() for field in part.rows[1].fields] == ["王小明", "no", None, "很少"]


def test_rows_are_read_in_words_one_by_one():
    (said,) = in_words(HOUSEHOLD, QuestionsForm(QUESTIONS, TWO).typed())
    assert [[each.label for each in row] for row in said.rows] == [
        ["姓名", "患病", "什么病"],
        ["姓名", "患病", "月收入"],
    ]
    assert said.words.splitlines()[0] == "姓名：李秀兰、患病：是、什么病：糖尿病"
