"""The small parts that documents are made of."""

from collections.abc import Callable
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar, cast

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
T = TypeVar("T")


class Part(BaseModel):
    """A piece of a document: nothing unknown in it, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """Words in both languages."""

    zh: Words
    en: Words

    def __str__(self) -> str:
        return self.en if (get_language() or "zh").startswith("en") else self.zh


class Term(Part):
    """How long something may take, and which text says so. `days_setting` and `unit_setting` name
    the parameters that say it for each place: a step's term has its days and its unit from
    there."""

    days: int = Field(ge=0, le=3650)
    unit: Literal["working", "calendar"] = "working"
    source: Text | None = None
    days_setting: str = ""
    unit_setting: str = ""


class Condition(Part):
    """One condition of eligibility: a CEL expression that is true where it holds, what it asks in
    plain words, and the article it rests on."""

    key: Key
    when: Words
    text: Text
    basis: Text


class Form(Part):
    """Questions: a JSON Schema (2020-12) of an object, and how it is shown (`ui`): the order of the
    fields, groups, widgets, help, and from what each is filled in beforehand."""

    schema_: dict[str, Any] = Field(alias="schema")
    ui: dict[str, Any] = Field(default_factory=dict)

    @cached_property
    def kept(self) -> dict[Callable[..., Any], Any]:
        """What was made of this form; see `once`."""
        return {}

    def once(self, make: Callable[["Form"], T]) -> T:
        """What `make` makes of this form. A form does not change, and one case asks for its
        questions several times: it is made once."""
        if make not in self.kept:
            self.kept[make] = make(self)
        return cast(T, self.kept[make])
