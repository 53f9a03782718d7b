"""The questions of a form: what a JSON Schema and its hints come to, one by one.

The schema says what an answer may be; the hints (`ui`) say how it is asked. `docs/catalogue.md` has
every hint.
"""

from niangjia.cases.rules.questions.files import FREE, MORE, free_files, question_of_material
from niangjia.cases.rules.questions.parts import PREFILLS, Files, Group, Question, Questions, fits
from niangjia.cases.rules.questions.reading import asked_for, ids_in, kind_of, questions_of

__all__ = [
    "FREE",
    "MORE",
    "PREFILLS",
    "Files",
    "Group",
    "Question",
    "Questions",
    "asked_for",
    "fits",
    "free_files",
    "ids_in",
    "kind_of",
    "question_of_material",
    "questions_of",
]
