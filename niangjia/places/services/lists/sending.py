"""A list comes in, and an officer says what its columns mean."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.core import prepared, transactions
from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.core.files.headed import under_headings
from niangjia.members.models import Post
from niangjia.organisations.models import Status, Union
from niangjia.places.models import Kind, ListRow, ListState, PlaceList, RowState
from niangjia.places.rules.listing import hours_problem
from niangjia.places.rules.lists import columns as rules
from niangjia.places.rules.points import System
from niangjia.places.services.lists.acting import begin, hold, record, refuse_unless

MOST_ROWS = 20_000
OVER = (ListState.DONE, ListState.DROPPED)
BEFORE_ENTERING = (ListState.SENT, ListState.READING, ListState.READ)


@transactions.atomic
def send_list(
    *, by: Post, union: Union, name: str, table: Sequence[Sequence[str]], now: dt.datetime
) -> PlaceList:
    """Keep a sheet of places row by row as it is; its columns are guessed by their headings.

    The same rows sent again while they are under way are that list. Raises `Invalid` on `file` for
    an empty sheet or more than 20,000 rows, `Conflict` for a union that is no more.
    """
    if union.status == Status.DISSOLVED:
        raise Conflict(_("This union has been dissolved."), code="union-dissolved")
    headed = under_headings(table, most=MOST_ROWS)
    if not headed.rows:
        words: Text = _("There is nothing below the headings.")
        raise Invalid(words, code="bad-sheet", fields={"file": words})
    said = json.dumps([headed.headings, headed.rows], ensure_ascii=False).encode()
    sha256 = hashlib.sha256(said).hexdigest()
    transactions.hold(f"place-list:{union.pk}:{sha256}")
    under_way = PlaceList.objects.filter(union=union, sha256=sha256).exclude(state__in=OVER)
    if known := under_way.first():
        return known
    made = PlaceList.objects.create(
        union=union,
        by_account_id=by.account_id,
        reach_path=by.scope.path,
        reach_below=by.scope.subtree,
        name=(name or "list")[-100:],
        sha256=sha256,
        headings=headed.headings,
        columns=rules.guess(headed.headings),
        system=rules.guess_system(headed.headings),
        total=len(headed.rows),
        sent_at=now,
    )
    with connection.rows_together():  # type: ignore[attr-defined]
        for number, cells in headed.rows:
            prepared.write_later(ListRow(place_list=made, number=number, cells=cells))
    record(made, by.account_id, "sent", rows=made.total)
    return made


@transactions.atomic
def explain_list(
    *,
    by: Post,
    place_list: PlaceList,
    columns: Mapping[str, int],
    system: str,
    kind: str,
    hours: str = "",
) -> PlaceList:
    """What the columns of a list mean, the system of its points, and what holds where a row is
    silent; then it is read, from the beginning if it was read before.

    Raises `Invalid` by "columns", "system", "kind" and "hours"; `Conflict` once it is being
    entered.
    """
    held = hold(place_list.pk)
    refuse_unless(held, *BEFORE_ENTERING)
    refuse_meaning(held, columns, system, kind, hours)
    held.columns, held.system, held.kind, held.hours = dict(columns), system, kind, hours
    held.save(update_fields=["columns", "system", "kind", "hours"])
    held.rows.exclude(state=RowState.UNREAD).update(
        state=RowState.UNREAD,
        values={},
        mended=[],
        problems=[],
        likes=[],
        longitude=None,
        latitude=None,
        is_another=False,
        same_as=None,
        same_row=None,
    )
    begin(held, ListState.READING, held.total)
    record(held, by.account_id, "explained", system=system)
    return held


def refuse_meaning(
    held: PlaceList, columns: Mapping[str, int], system: str, kind: str, hours: str
) -> None:
    found: dict[str, Text] = {}
    lacking = rules.missing(columns)
    if lacking:
        words = _("Say which column holds this: %(names)s.")
        found["columns"] = words % {"names": "、".join(str(each.label) for each in lacking)}
    elif set(columns) - set(rules.BY_KEY) or not set(columns.values()) <= set(
        range(len(held.headings))
    ):
        found["columns"] = _("There is no such column in the file.")
    elif len(set(columns.values())) < len(columns):
        found["columns"] = _("One column cannot mean two things.")
    if system not in System.values:
        found["system"] = _("Say which map the points are from.")
    if kind not in Kind.values:
        found["kind"] = _("Say what it is.")
    if hours and (problem := hours_problem(hours)):
        found["hours"] = problem
    if found:
        raise Invalid(_("Some places need another look."), fields=found)


@transactions.atomic
def drop_list(*, by: Post, place_list: PlaceList, now: dt.datetime) -> PlaceList:
    """Throw a list away before it is entered; its rows are forgotten. Twice is once."""
    held = hold(place_list.pk)
    if held.state == ListState.DROPPED:
        return held
    refuse_unless(held, *BEFORE_ENTERING)
    held.rows.all().delete()
    held.state, held.ended_at = ListState.DROPPED, now
    held.save(update_fields=["state", "ended_at"])
    record(held, by.account_id, "dropped")
    return held
