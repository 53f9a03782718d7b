"""The inbox's table: its look is a template's, drawn once in each language and filled here."""

import datetime as dt
from collections.abc import Sequence

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from niangjia.core import clock
from niangjia.core.edge.moulds import Mould
from niangjia.members.doors import OfficerRequest
from niangjia.members.forms.desk import BulkDecisionForm
from niangjia.members.models import ApplicationKind
from niangjia.members.selectors.inbox import urgencies
from niangjia.members.selectors.inbox_page import Waiting
from niangjia.organisations.models import WorkerKind

TEMPLATE = "members/desk/inbox_table.html"
TABLE = Mould(TEMPLATE, ("action", "csrf_token", "rows"), lambda: {"form": BulkDecisionForm()})
ROW = Mould(
    "members/desk/inbox_row.html",
    (
        *("number", "applicant", "ticked", "status", "words", "due", "due_minute", "due_date"),
        *("job", "union", "place", "kind", "work"),
    ),
)
CHECKED = mark_safe(" checked")


def table(
    request: OfficerRequest, waiting: Sequence[Waiting], form: BulkDecisionForm, now: dt.datetime
) -> SafeString:
    """The form around the rows, as markup; with what was typed and ticked when it is shown again.
    One query, the calendar; none when nothing waits."""
    if not waiting:
        return SafeString()
    query = request.GET.urlencode()
    pieces = {
        "action": reverse("members:desk_decisions") + (f"?{query}" if query else ""),
        "csrf_token": get_token(request),
        "rows": rows(waiting, request.POST.getlist("numbers"), now),
    }
    if form.is_bound:
        return render_to_string(TEMPLATE, {**pieces, "form": form})
    return TABLE.fill(pieces)


def rows(waiting: Sequence[Waiting], ticked: Sequence[str], now: dt.datetime) -> SafeString:
    """A line for each, with the boxes of `ticked` numbers ticked."""
    kinds = {str(value): str(label) for value, label in ApplicationKind.choices}
    worker_kinds = {str(value): str(label) for value, label in WorkerKind.choices} | {"": ""}
    came_up = gettext("Came up to %(name)s")
    due = {due_at: due_words(due_at) for due_at in {each.due_at for each in waiting}}
    urgent = urgencies([(each.due_at, each.handler_division) for each in waiting], now)
    said = {urgency: {"status": urgency.status, "words": urgency.words} for urgency in set(urgent)}
    lines = (
        {
            **due[each.due_at],
            **said[urgency],
            "number": each.number,
            "applicant": each.applicant,
            "ticked": CHECKED if each.number in ticked else "",
            "job": each.job or "—",
            "union": each.union_name,
            "place": came_up % {"name": each.handler_name} if each.escalated_at else each.number,
            "kind": kinds[each.kind],
            "work": each.employer_name or worker_kinds[each.worker_kind],
        }
        for each, urgency in zip(waiting, urgent, strict=True)
    )
    return ROW.fill(*lines)


def due_words(due_at: dt.datetime) -> dict[str, str]:
    """A promised moment, as machines and as people read it, in China."""
    local = due_at.astimezone(clock.CHINA)
    return {
        "due": local.isoformat(),
        "due_minute": f"{local:%Y-%m-%d %H:%M}",
        "due_date": f"{local:%Y-%m-%d}",
    }
