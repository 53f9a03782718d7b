"""What the surroundings of a point say against it: the sea, another city, known addresses."""

from django.utils.translation import gettext_lazy as _

from niangjia.organisations.rules.positions import Position
from niangjia.places.rules.points import Fault
from niangjia.regions.models import Division
from niangjia.regions.selectors import list_nearest, outlines


def whereabouts_fault(point: Position, division: Division) -> Fault | None:
    """That a point lies in the sea or in another city than `division`, by the outlines that this
    node draws its maps with; None where it has none. They are sketches, so whoever knows better
    says so."""
    named = outlines.find_outline(division.code)
    at = (point.longitude, point.latitude)
    if named is None or named.is_near(*at, outlines.SKETCH_METRES):
        return None
    other = outlines.find_city(*at)
    if other is None:
        if not outlines.is_at_sea(*at):
            return None
        return Fault(_("This point lies in the sea. Look at the numbers again."), "sure")
    nearest = next(iter(list_nearest(*at)), None)
    words = _("This point lies in %(there)s, not in %(here)s. Look at the point and the county.")
    mend = f"division:{nearest.code}" if nearest else "sure"
    return Fault(words % {"there": other.name, "here": named.name}, mend)
