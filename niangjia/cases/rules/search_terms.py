"""By what of a text a case is found: pairs of characters, and words of letters or digits.

Chinese is written without blanks, so every two characters that stand side by side are a term; who
searches for a longer word asks for all the pairs in it. Letters and digits are terms by the word.
"""

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from niangjia.cases.rules.content import Form
from niangjia.cases.rules.questions import questions_of
from niangjia.members.rules.names import HAN

#: Runs of Chinese characters, and of anything else that is a letter or a digit.
RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
#: As many different terms a case has at most; the beginning of what was said counts.
MOST_TERMS = 400
#: As much of one answer is looked at.
MOST_CHARACTERS = 2_000
WORD_LENGTH = 40


def terms(text: str) -> dict[str, None]:
    """The terms of `text` in their order, each once; letters of all widths and sizes are one."""
    found: dict[str, None] = {}
    for run in RUNS.finditer(unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold()):
        characters, word = run.groups()
        if word:
            found[word[:WORD_LENGTH]] = None
        else:
            found.update(dict.fromkeys(map("".join, pairwise(characters))))
    return found


def terms_of_answers(form: Form, answers: Mapping[str, Any]) -> list[str]:
    """The terms of what was written in words, where the form does not keep it from being searched.
    Choices, numbers and days are no words."""
    found: dict[str, None] = {}
    for question in questions_of(form).every:
        said = answers.get(question.name)
        if question.is_searched and isinstance(said, str):
            found.update(terms(said))
    return list(found)[:MOST_TERMS]


def named(kind: str, text: str) -> str:
    """A term that no text has: a whole name or number, as the `kind` of thing that it is."""
    return f"{kind}={unicodedata.normalize('NFKC', text).strip()}"
