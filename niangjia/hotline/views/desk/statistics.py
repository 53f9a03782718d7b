"""The five standard statistics of a union and all below it, on the page and as a sheet."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.core import clock, sheets
from niangjia.core.charts import Chart, Point
from niangjia.core.errors import NotFound
from niangjia.core.periods import Period, is_told
from niangjia.hotline import services
from niangjia.hotline.forms.statistics import PeriodForm
from niangjia.hotline.models import Channel
from niangjia.hotline.rules.sheet import class_rows, rows
from niangjia.hotline.selectors.statistics import Statistics, read_statistics
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import access_union_within, within_reach
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import chain_above

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@never_cache
@officer_page(Action.BROWSE)
def statistics(request: OfficerRequest) -> HttpResponse:
    """What is told of the union in the address, else of the highest one's own, over a period."""
    union = union_for(request)
    is_exact = is_told_exactly(request, union)
    form = PeriodForm(request.GET, is_exact=is_exact)
    context: dict[str, Any] = {
        "union": union,
        "form": form,
        "above": [
            (each, address(each, request.GET.dict()))
            for each in chain_above(union)
            if within_reach(request.posts, Action.BROWSE, each.path)
        ],
        "answers": bool(holding(request.posts, Action.ANSWER_HOTLINE)),
    }
    if form.is_valid():
        found = read_statistics(union, form.chosen(), account=request.user, is_exact=is_exact)
        context |= told(found, {"period": found.period.kind.value, "day": form["day"].value()})
    return render(
        request, "hotline/desk/statistics.html", context, status=422 if form.errors else 200
    )


@require_GET
@never_cache
@officer_page(Action.BROWSE)
def table(request: OfficerRequest) -> HttpResponse:
    """The same as a sheet: CSV, or XLSX with `format=xlsx`. That it was taken out is recorded."""
    union = union_for(request)
    is_exact = is_told_exactly(request, union)
    form = PeriodForm(request.GET, is_exact=is_exact)
    if not form.is_valid():
        raise NotFound(_("There is no such page"))
    found = services.export_statistics(
        by=request.user,
        union=union,
        period=form.chosen(),
        is_exact=is_exact,
    )
    lines = rows(
        found.total,
        [(each.name, tally) for each, tally in found.units or []],
        found.classes or {},
        [(each.name, each.count) for each in found.topics],
    )
    if request.GET.get("format") == "xlsx":
        content, kind, ending = sheets.xlsx(lines, title=_("Statistics")), XLSX, "xlsx"
    else:
        content, kind, ending = b"".join(sheets.csv_lines(lines)), "text/csv", "csv"
    answer = HttpResponse(content, content_type=kind)
    name = f"12351-{union.number}-{found.period.since}-{found.period.last}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def union_for(request: OfficerRequest) -> Union:
    """The union in the address, within reach; else that of the highest post. Raises `NotFound`."""
    if number := request.GET.get("union", ""):
        return access_union_within(request.posts, Action.BROWSE, number)
    return holding(request.posts, Action.BROWSE)[0].union


def is_told_exactly(request: OfficerRequest, union: Union) -> bool:
    """Whether this officer may see the orders themselves, and not only how many there are."""
    return within_reach(request.posts, Action.ANSWER_HOTLINE, union.path)


def address(union: Union, query: dict[str, str]) -> str:
    """The page of another union over the same period."""
    kept = {name: query[name] for name in ("period", "day") if query.get(name)}
    return f"{reverse('hotline:statistics')}?{urlencode({'union': union.number} | kept)}"


def told(found: Statistics, query: dict[str, str]) -> dict[str, Any]:
    """What the page shows of the statistics."""
    period = found.period
    sides = (period.before, period.after)
    before, after = (
        address(found.union, query | {"day": side.since.isoformat()}) for side in sides
    )
    return {
        "statistics": found,
        "units": [(unit, tally, address(unit, query)) for unit, tally in found.units or []],
        "channels": [each.label for each in Channel],
        "classes": list(class_rows(found.classes)) if found.classes is not None else [],
        "before": before,
        "after": after if may_look_at(found, period.after) else "",
        "charts": charts(found),
        "sheet": f"{reverse('hotline:statistics_table')}?"
        + urlencode({"union": found.union.number} | query),
    }


def may_look_at(found: Statistics, period: Period) -> bool:
    """Whether something can be told of a period, to whoever looks at these."""
    today = clock.today()
    return is_told(period, today) if found.is_rounded else period.since <= today


def charts(found: Statistics) -> list[Chart]:
    """What many called about, and how many were taken in one day or month after the other; each
    where there is something to compare."""
    chart = partial(
        Chart,
        source=_("work orders of this node"),
        date=clock.today(),
        value_label=_("Work orders, rounded down to tens")
        if found.is_rounded
        else _("Work orders"),
    )
    drawn: list[Chart] = []
    if len(found.topics) > 1:
        by_topic = chart(
            id="hot-topics",
            title=_("Most called about: %(what)s") % {"what": found.topics[0].name},
            row_label=_("Topic"),
            points=[Point(topic.name, topic.count) for topic in found.topics],
        )
        drawn.append(by_topic)
    if len(found.trend) > 1:
        most = max(found.trend, key=lambda each: each[1])
        by_day = chart(
            id="taken-in",
            kind="count",
            title=_("Most were taken in: %(when)s") % {"when": label(most[0], found.period)},
            row_label=_("Month") if found.period.is_by_month else _("Day"),
            points=[Point(label(day, found.period), count) for day, count in found.trend],
        )
        drawn.append(by_day)
    return drawn


def label(day: Any, period: Period) -> str:
    """A day or a month of a chart."""
    return f"{day:%Y-%m}" if period.is_by_month else f"{day:%m-%d}"
