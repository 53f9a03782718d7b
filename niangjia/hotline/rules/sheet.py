"""The statistics as the lines of a sheet."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from niangjia.core import sheets
from niangjia.hotline.models import Category, Channel
from niangjia.hotline.rules.tallies import Tally


def class_rows(
    classes: Mapping[tuple[str, str], int],
) -> Iterator[tuple[str, Sequence[int], int]]:
    """Intake by class, a column for each channel, and the sum of what is told."""
    for category in Category:
        counts = [classes.get((category.value, channel.value), 0) for channel in Channel]
        yield str(category.label), counts, sum(counts)


def rows(
    total: Tally,
    units: Sequence[tuple[str, Tally]],
    classes: Mapping[tuple[str, str], int],
    topics: Sequence[tuple[str, int]],
) -> Iterator[Sequence[sheets.Value]]:
    """Units with the five statistics, then intake by class and channel, then what many called
    about."""
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
    for name, tally in [*units, (_("In all"), total)]:
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
    for label, counts, sum_ in class_rows(classes):
        yield [label, *counts, sum_]
    yield []
    yield [_("Topic"), _("Taken in")]
    for name, count in topics:
        yield [name, count]
