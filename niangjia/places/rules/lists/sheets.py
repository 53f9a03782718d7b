"""Sheets of lists: the one to be filled, and what is to be corrected."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import get_language

from niangjia.places.models import ListRow, PlaceList
from niangjia.places.rules.lists.columns import COLUMNS

#: What is wrong with a row stands in a column of its own, which is passed over when the file comes
#: back.
PROBLEM = {"zh": "要改的地方", "en": "What to correct"}


def template() -> list[Sequence[str]]:
    """The sheet to be filled: our headings and one row as it may look."""
    return [[column.heading for column in COLUMNS], [column.sample for column in COLUMNS]]


def language() -> str:
    """Which of the two languages whoever asks reads: "zh" or "en"."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def to_correct(place_list: PlaceList, rows: Iterable[ListRow]) -> Iterator[Sequence[str]]:
    """Rows as they were sent, under their own headings, with what to do about each."""
    spoken = language()
    width = len(place_list.headings)
    yield [*place_list.headings, PROBLEM[spoken]]
    for row in rows:
        cells = [*row.cells, *[""] * width][:width]
        yield [*cells, " ".join(each[spoken] for each in row.problems)]
