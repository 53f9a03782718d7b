"""What a template draws of a form of questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BoundField

from niangjia.cases.rules.questions import Files, Question
from niangjia.cases.services.files import Attached
from niangjia.core.files import accept_attribute, kinds_in_words


@dataclass(frozen=True)
class Row:
    """One row of a group. `number` counts from 1; `key` is what takes it away."""

    number: int
    key: str
    fields: Sequence[BoundField]


@dataclass(frozen=True)
class Part:
    """One question with its field. A group has `rows`, a `blank` one to be copied, and the `count`
    of numbers that rows have had; a question of files has those that are `held` already."""

    question: Question
    field: BoundField
    rows: Sequence[Row] = ()
    blank: Row | None = None
    held: Sequence[Attached] = ()
    count: int = 0

    @property
    def files(self) -> Files | None:
        """What files are wanted, if any are."""
        return self.question.files

    @property
    def accept(self) -> str:
        """The `accept` attribute of the field that chooses files."""
        return accept_attribute(self.files.kinds) if self.files else ""

    @property
    def kinds(self) -> str:
        """The kinds in words."""
        return kinds_in_words(self.files.kinds) if self.files else ""

    @property
    def has_pictures(self) -> bool:
        """Whether a camera can answer it."""
        return "image/jpeg" in self.accept
