"""What a service item says: one document, data and never code.

A national document is whole. A province, city or union overrides the fields in `LOCAL` only, and
the documents from the root down to a union, laid over each other, are what holds there (`merged`).
"""

from niangjia.cases.rules.content.documents import (
    LOCAL,
    Extension,
    Item,
    Legal,
    Material,
    Suspension,
    Urgent,
)
from niangjia.cases.rules.content.letters import LetterField, LetterKind, LetterTemplate
from niangjia.cases.rules.content.merging import (
    check_outcomes,
    digest_of,
    merged,
    read,
    read_local,
)
from niangjia.cases.rules.content.parts import Condition, Form, Term, Text
from niangjia.cases.rules.content.steps import CLOSED, Outcome, Result, Step

__all__ = [
    "CLOSED",
    "LOCAL",
    "Condition",
    "Extension",
    "Form",
    "Item",
    "Legal",
    "LetterField",
    "LetterKind",
    "LetterTemplate",
    "Material",
    "Outcome",
    "Result",
    "Step",
    "Suspension",
    "Term",
    "Text",
    "Urgent",
    "check_outcomes",
    "digest_of",
    "merged",
    "read",
    "read_local",
]
