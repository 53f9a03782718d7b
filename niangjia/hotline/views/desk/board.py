"""The wall board: the hotline's day, for a screen that everybody in the room sees."""

import datetime as dt
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.core import clock, protection
from niangjia.core.charts import Chart, Point
from niangjia.hotline import selectors
from niangjia.hotline.models import Category
from niangjia.hotline.selectors.board import Board, read_board
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action


@require_GET
@never_cache
@officer_page(Action.ANSWER_HOTLINE)
def board(request: OfficerRequest) -> HttpResponse:
    """All lines within reach, or the one that is chosen. Asked by htmx every ten seconds."""
    now = clock.now()
    lines = list(selectors.lines_of(request.posts))
    chosen = [line for line in lines if line.number == request.GET.get("line")]
    with protection.viewing(account=request.user.pk):
        found = read_board(chosen or lines, account=request.user, now=now)
    context = {
        "board": found,
        "lines": lines,
        "chosen": chosen[0] if chosen else None,
        "figures": figures(found),
        "charts": charts(found, now),
        "classes": [(Category(key).label, count) for key, count in found.classes],
        "now": now,
    }
    template = "board_live.html" if request.htmx else "board.html"
    return render(request, f"hotline/desk/{template}", context)


def figures(found: Board) -> list[dict[str, Any]]:
    """The figures in the order in which somebody should look at them, each with where it leads."""
    orders = reverse("hotline:orders")
    return [
        {"id": "waiting", "value": found.calls_waiting, "label": _("calls waiting"), "url": ""},
        {
            "id": "fetching",
            "value": found.fetching,
            "label": _("urgent, nobody there yet"),
            "url": f"{orders}?tab=urgent",
        },
        {"id": "late", "value": found.late, "label": _("late"), "url": ""},
        {
            "id": "dispatch",
            "value": found.to_dispatch,
            "label": _("to give on"),
            "url": f"{orders}?tab=dispatch",
        },
        {"id": "open", "value": found.open, "label": _("being handled"), "url": orders},
        {
            "id": "call",
            "value": found.to_call,
            "label": _("to call back"),
            "url": f"{orders}?tab=call",
        },
        {
            "id": "check",
            "value": found.to_check,
            "label": _("to check"),
            "url": f"{orders}?tab=check",
        },
        {"id": "today", "value": found.taken_today, "label": _("taken in today"), "url": ""},
    ]


def charts(found: Board, now: dt.datetime) -> list[Chart]:
    """What was taken in today by class, and what people call about, as bars. What is few is in
    neither."""
    chart = partial(
        Chart,
        source=_("work orders of this node"),
        date=now.astimezone(clock.CHINA).date(),
        value_label=_("Work orders"),
    )
    drawn: list[Chart] = []
    if found.classes:
        most = Category(found.classes[0][0]).label
        by_class = chart(
            id="today-by-class",
            title=_("Today most are: %(what)s") % {"what": most},
            row_label=_("Class"),
            points=[Point(str(Category(key).label), count) for key, count in found.classes],
        )
        drawn.append(by_class)
    if len(found.topics) > 1:
        by_topic = chart(
            id="hot-topics",
            title=_("Most called about in seven days: %(what)s") % {"what": found.topics[0].name},
            row_label=_("Topic"),
            points=[Point(topic.name, topic.count) for topic in found.topics],
        )
        drawn.append(by_topic)
    return drawn
