"""The letters an item knows: their words, and what an officer fills in."""

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from niangjia.cases.rules.content.parts import Key, Part, Text, Words
from niangjia.cases.rules.content.settings import SETTINGS

#: `{employer}`, `{settings.answer_days}`, `{settings.answer_term}` (the number with its unit),
#: `{earlier.opinion}`, `{answers.matter}`, or the key of one of the template's own fields.
PLACE = re.compile(r"\{([^{}]*)\}")
#: What a letter may always speak of; the rest begins with one of `FAMILIES`.
KNOWN = frozenset({"union", "date", "employer", "item"})
#: What only a letter to the applicant may speak of: nobody else learns it from a template.
OF_APPLICANT = frozenset({"applicant", "number"})
EARLIER, ANSWERS = "earlier.", "answers."
#: What a place may say differently about a letter.
LOCAL_WORDS = frozenset({"key", "title", "addressee", "body", "contact"})
LetterKind = Literal["notice", "decision", "reminder", "opinion", "proposal"]


class LetterField(Part):
    """What an officer fills in, `start` being there already. `most` characters at the most."""

    key: Key
    label: Text
    help: Text | None = None
    long: bool = False
    required: bool = True
    most: int = Field(default=2000, ge=1, le=6000)
    start: str = Field(default="", max_length=6000)


class LetterTemplate(Part):
    """A letter as it is before anybody wrote one. Letters are in Chinese (ADR 63).

    `mark` stands in the number, after the union's own: "监意" in 义工监意〔2026〕3 号. `body` is
    plain text: each line a paragraph, one that begins with "# " a heading, with "- " an entry of a
    list. `decides` asks for the right to decide cases.
    """

    key: Key
    name: Text
    kind: LetterKind
    to: Literal["applicant", "employer", "authority"]
    mark: str = Field(default="", max_length=6, pattern=r"^[\u4e00-\u9fff]*$")
    title: Words
    addressee: Words
    body: str = Field(min_length=1, max_length=6000)
    contact: str = Field(default="", max_length=200)
    fields: tuple[LetterField, ...] = ()
    decides: bool = False

    def field(self, key: str) -> LetterField | None:
        """The field of this key, or None."""
        return next((field for field in self.fields if field.key == key), None)

    @property
    def places(self) -> set[str]:
        """All that the words leave open."""
        texts = (self.title, self.addressee, self.body, self.contact)
        starts = [field.start for field in self.fields]
        return {name for text in (*texts, *starts) for name in PLACE.findall(text)}

    @model_validator(mode="after")
    def speaks_of_what_there_is(self) -> Self:
        """Each place in the words is one that can be filled, and none names the applicant to
        others; what fields begin with leads to no other field."""
        fields = {field.key for field in self.fields}
        if len(fields) != len(self.fields):
            raise ValueError(f"letter {self.key} has two fields of the same key")
        allowed = KNOWN | fields | (OF_APPLICANT if self.to == "applicant" else set())
        for name in sorted(self.places):
            if name not in allowed and not name.startswith((SETTINGS, EARLIER, ANSWERS)):
                raise ValueError(f"letter {self.key} knows no {{{name}}}")
        for field in self.fields:
            if inner := sorted(fields & set(PLACE.findall(field.start))):
                raise ValueError(f"field {field.key} of letter {self.key} begins with {inner[0]}")
        return self
