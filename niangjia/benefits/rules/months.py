"""Months of statements: from the first of one to the first of the next, in China."""

import datetime as dt

from niangjia.core import clock


def first_of(moment: dt.datetime) -> dt.date:
    """The first day of the month that `moment` lies in."""
    return moment.astimezone(clock.CHINA).date().replace(day=1)


def before(month: dt.date) -> dt.date:
    """The first day of the month before."""
    return (month - dt.timedelta(days=1)).replace(day=1)


def end_of(month: dt.date) -> dt.datetime:
    """The moment the month is over."""
    following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return dt.datetime.combine(following, dt.time(), clock.CHINA)
