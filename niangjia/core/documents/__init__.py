"""Letters and decisions as PDF, set in embedded Chinese fonts (ADR 63)."""

from niangjia.core.documents.codes import new_code, typed_code
from niangjia.core.documents.parts import (
    Block,
    Heading,
    Items,
    Letter,
    Paragraph,
    Seal,
    Table,
    Verification,
    date_in_words,
    document_number,
)
from niangjia.core.documents.rendering import render, unprintable

__all__ = [
    "Block",
    "Heading",
    "Items",
    "Letter",
    "Paragraph",
    "Seal",
    "Table",
    "Verification",
    "date_in_words",
    "document_number",
    "new_code",
    "render",
    "typed_code",
    "unprintable",
]
