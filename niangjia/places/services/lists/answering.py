"""What an officer says of single rows: it is the same place, another one, left out, put right."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.core import transactions
from niangjia.core.errors import Invalid, Text
from niangjia.members.models import Post
from niangjia.places.models import ListRow, ListState, Place, PlaceList, RowState
from niangjia.places.services.lists.acting import hold, record, refuse_unless, write
from niangjia.places.services.lists.reading import AT_A_TIME, judge_rows

SAME, ANOTHER, SKIP = "same", "another", "skip"
ANSWERS = (SAME, ANOTHER, SKIP)
OPEN = (RowState.ASKED, RowState.READY, RowState.SKIPPED, RowState.KNOWN)


@transactions.atomic
def answer_rows(
    *, by: Post, place_list: PlaceList, answer: str, numbers: Sequence[int] | None, like: int = 0
) -> int:
    """Rows are "same" as what they are like (its `like`-th; brought up to date when the list is
    entered), "another" place, or to be left out ("skip"); says how many. No `numbers`: all that
    are asked about still, each as its likeliest.

    Raises `Invalid` on "answer", also for a place that somebody else keeps, on which nothing can be
    brought up to date from here; `Conflict` unless the list has been read and is not being entered.
    """
    held = hold(place_list.pk)
    refuse_unless(held, ListState.READ)
    if answer not in ANSWERS:
        refuse(_("Say whether it is the same place, another one, or to be left out."))
    rows = held.rows.select_for_update()
    if numbers is None:
        chosen = list(rows.filter(state=RowState.ASKED))
        if answer == SAME:
            chosen = [row for row in chosen if row.likes[0].get("ours", True)]
    else:
        allowed = (*OPEN, RowState.WRONG) if answer == SKIP else OPEN
        chosen = list(rows.filter(number__in=numbers, state__in=allowed))
    codes = {each["code"] for row in chosen for each in row.likes if "code" in each}
    places = {place.code: place for place in Place.objects.filter(code__in=codes)}
    for row in chosen:
        decide(row, answer, like, places)
    write(chosen, ("state", "is_another", "same_as", "same_row"))
    record(held, by.account_id, "answered", answer=answer, rows=len(chosen))
    return len(chosen)


def decide(row: ListRow, answer: str, like: int, places: dict[str, Place]) -> None:
    """Write one answer into a row."""
    row.same_as, row.same_row, row.is_another = None, None, answer == ANOTHER
    row.state = RowState.SKIPPED if answer == SKIP else RowState.READY
    if answer != SAME:
        return
    if not 0 <= like < len(row.likes):
        refuse(_("There is nothing here that it could be the same as."))
    same = row.likes[like]
    if not same.get("ours", True):
        refuse(_("Another union keeps that place. Leave the row out, or say that it is another."))
    row.same_as, row.same_row = places.get(same.get("code", "")), same.get("number")


def refuse(words: Text) -> None:
    raise Invalid(words, fields={"answer": words})


@transactions.atomic
def mend_rows(*, by: Post, place_list: PlaceList, mend: str, numbers: Sequence[int] | None) -> int:
    """Put rows right as was proposed ("swap", "system:bd09", "division:331004", "sure") and judge
    them anew; says how many. No `numbers`: all to which it was proposed.

    Raises `Conflict` unless the list has been read and is not being entered.
    """
    held = hold(place_list.pk)
    refuse_unless(held, ListState.READ)
    rows = held.rows.select_for_update().filter(
        state=RowState.WRONG, problems__contains=[{"mend": mend}]
    )
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    chosen = list(rows.order_by("number")) if mend else []
    for row in chosen:
        row.mended = [*row.mended, mend]
    for first in range(0, len(chosen), AT_A_TIME):
        judge_rows(held, chosen[first : first + AT_A_TIME])
    record(held, by.account_id, "mended", mend=mend, rows=len(chosen))
    return len(chosen)
