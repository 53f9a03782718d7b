"""What every step of a list begins with."""

import uuid
from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from niangjia.core import audit, prepared
from niangjia.core.errors import Conflict
from niangjia.places.models import ListRow, ListState, PlaceList

#: Names of the tasks, which call back into this room.
READ, ENTER = "places.read-list", "places.enter-list"


def hold(list_id: uuid.UUID) -> PlaceList:
    """A list, held until the transaction ends."""
    held = PlaceList.objects.select_for_update(of=("self",)).select_related("union__division")
    return held.get(pk=list_id)


def refuse_unless(held: PlaceList, *states: ListState) -> None:
    """Raise `Conflict` unless the list has come as far as one of `states`."""
    if held.state not in states:
        words = _("This list is at another step by now: %(state)s. Look at it again.")
        raise Conflict(words % {"state": ListState(held.state).label}, code="other-step")


def begin(held: PlaceList, state: ListState, due: int) -> None:
    """A step that takes a while begins, `due` rows long; a task does it some at a time."""
    held.state, held.done, held.due = state, 0, due
    held.save(update_fields=["state", "done", "due"])
    go_on(held)


def go_on(held: PlaceList) -> None:
    """Have the step under way done by a task. More tasks than one do no harm."""
    task = READ if held.state == ListState.READING else ENTER
    app.configure_task(task, queue="keeping").defer(list_id=str(held.pk))


def write(rows: Sequence[ListRow], names: Sequence[str]) -> None:
    """Some columns of held rows, in one statement however many there are."""
    with connection.rows_together():  # type: ignore[attr-defined]
        for row in rows:
            prepared.save_later(row, names)


def record(held: PlaceList, by: uuid.UUID | None, what: str, **details: object) -> None:
    """An entry of the audit chain about a list."""
    audit.record(
        action=f"place-list.{what}",
        by=by,
        subject=f"place-list:{held.pk}",
        union_id=held.union_id,
        details=details,
    )
