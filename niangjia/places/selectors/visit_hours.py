"""When people come to a place, or to those of a union and all below it, over whole months."""

import datetime as dt

from niangjia.core.periods import Period
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import figures_of
from niangjia.places.models import Place, VisitDay
from niangjia.places.rules import visit_hours as rules
from niangjia.places.rules import visits
from niangjia.places.rules.visit_hours import WhenTheyCome


def when_at_place(place: Place, period: Period) -> WhenTheyCome:
    """By the days of the place. One query."""
    cells = rules.nothing()
    days = VisitDay.objects.filter(place=place, date__gte=period.since, date__lt=period.until)
    for date, hours in days.values_list("date", "hours"):
        row = cells[date.weekday()]
        if hours is not None:
            cells[date.weekday()] = [sum(pair) for pair in zip(row, hours, strict=True)]
    return rules.told(cells)


def when_within(union: Union, period: Period) -> WhenTheyCome:
    """By the figures of the union. One query."""
    cells = rules.nothing()
    families = [visits.hours_family(first) for first in months_of(period)]
    for metric, number in figures_of([union.pk], families=families)[union.pk].items():
        _family, _month, day, hour = metric.split(":")
        cells[int(day)][int(hour)] += number
    return rules.told(cells)


def months_of(period: Period) -> list[dt.date]:
    """The first days of its months."""
    return [period.since] if not period.is_by_month else period.parts()
