"""The five standard statistics, on the page and as a sheet."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.core import protection, sheets
from niangjia.core.errors import NotFound
from niangjia.hotline import selectors, services
from niangjia.hotline.forms.statistics import PeriodForm
from niangjia.hotline.models import Category, Channel, Line
from niangjia.hotline.selectors.statistics import Statistics, read_statistics
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@never_cache
@officer_page(Action.ANSWER_HOTLINE)
def statistics(request: OfficerRequest) -> HttpResponse:
    """The statistics of a line, or of several by line, over a period."""
    form, lines = asked(request)
    found = read(request, form, lines)
    return render(
        request,
        "hotline/desk/statistics.html",
        {
            "form": form,
            "lines": lines,
            "statistics": found,
            "channels": [each.label for each in Channel],
            "classes": list(classes(found)) if found else [],
            "query": request.GET.urlencode(),
        },
        status=422 if form.errors else 200,
    )


@require_GET
@never_cache
@officer_page(Action.ANSWER_HOTLINE)
def table(request: OfficerRequest) -> HttpResponse:
    """The same as a sheet: CSV, or XLSX with `format=xlsx`. That it was taken out is recorded."""
    form, lines = asked(request)
    if not lines or form.errors:
        raise NotFound(_("There is no such page"))
    since, until = form.period()
    found = services.export_statistics(by=request.user, lines=lines, since=since, until=until)
    name = f"12351-{form.cleaned_data['since']}-{form.cleaned_data['until']}"
    if request.GET.get("format") == "xlsx":
        content, kind, ending = sheets.xlsx(rows(found), title=_("Statistics")), XLSX, "xlsx"
    else:
        content, kind, ending = b"".join(sheets.csv_lines(rows(found))), "text/csv", "csv"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def asked(request: OfficerRequest) -> tuple[PeriodForm, list[Line]]:
    """The period and the line that stand in the address; all lines within reach without one."""
    lines = list(selectors.lines_of(request.posts))
    form = PeriodForm(lines, request.GET)
    form.is_valid()
    chosen = [line for line in lines if line.number == request.GET.get("line")]
    return form, chosen or lines


def read(request: OfficerRequest, form: PeriodForm, lines: Sequence[Line]) -> Statistics | None:
    """The statistics as this officer may see them; None without a line or a period."""
    if not lines or form.errors:
        return None
    since, until = form.period()
    with protection.viewing(account=request.user.pk):
        return read_statistics(lines, account=request.user, since=since, until=until)


def classes(found: Statistics) -> Iterator[tuple[str, Sequence[int], int]]:
    """Intake by class, a column for each channel, and the sum."""
    for category in Category:
        counts = [found.classes.get((category.value, channel.value), 0) for channel in Channel]
        yield str(category.label), counts, sum(counts)


def rows(found: Statistics) -> Iterator[Sequence[sheets.Value]]:
    """The sheet: units with the five statistics, then intake by class and channel."""
    yield [
        _("Unit"),
        _("Taken in"),
        _("Settled"),
        _("Settled rate (%)"),
        _("On time"),
        _("On-time rate (%)"),
        _("Called back"),
        _("Call-back rate (%)"),
        _("Rated"),
        _("Satisfied rate (%)"),
    ]
    for name, tally in [*found.units, (_("In all"), found.total)]:
        yield [
            name,
            tally.taken,
            tally.settled,
            tally.settled_rate,
            tally.on_time,
            tally.on_time_rate,
            tally.called,
            tally.call_back_rate,
            tally.rated,
            tally.satisfied_rate,
        ]
    yield []
    yield [_("Class"), *(str(channel.label) for channel in Channel), _("In all")]
    for label, counts, total in classes(found):
        yield [label, *counts, total]
