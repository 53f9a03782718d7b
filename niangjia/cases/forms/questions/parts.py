"""What a template draws of a form of questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.questions import Files, Question
from niangjia.cases.services.files import Attached
from niangjia.core.files import PAPERS, PHOTOS, RECORDINGS, accept_attribute

IN_SHORT = (
    (PHOTOS, _("Photos")),
    (PAPERS, _("PDF, Word or Excel files")),
    (RECORDINGS, _("recordings")),
)


@dataclass(frozen=True)
class Row:
    """One row of a group. `number` counts from 1; `key` is what takes it away."""

    number: int
    key: str
    fields: Sequence[BoundField]


@dataclass(frozen=True)
class Part:
    """One question with its field. A group has `rows`, a `blank` one to be copied, and the `count`
    of numbers that rows have had; a question of files has those that are `held` already, and says
    what may be sent unless the one before it said the same."""

    question: Question
    field: BoundField
    rows: Sequence[Row] = ()
    blank: Row | None = None
    held: Sequence[Attached] = ()
    count: int = 0
    says_limits: bool = True

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
        """The kinds in a few words; a file of another kind is told all of them."""
        wanted = self.files.kinds if self.files else frozenset()
        return gettext(", ").join(str(words) for kinds, words in IN_SHORT if kinds & wanted)

    @property
    def has_pictures(self) -> bool:
        """Whether a camera can answer it."""
        return "image/jpeg" in self.accept
