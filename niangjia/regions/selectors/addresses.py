"""From an address as people write it to the division it lies in."""

from django.db.models import Q

from niangjia.regions.models import Division
from niangjia.regions.rules import addresses, codes


def match_address(text: str) -> addresses.AddressMatch:
    """The division that `text` names, how sure that is, and what else it may be. One query.

    Understands full and short names and missing rungs. A name several places share (朝阳区, 鼓楼区)
    needs a city or province beside it to be sure.
    """
    wanted = addresses.normalise(text)
    names = addresses.possible_names(wanted)
    if not names:
        return addresses.NOTHING
    found = Division.objects.filter(Q(name__in=names) | Q(short_name__in=names)).exclude(
        name__in=codes.PSEUDO_NAMES
    )
    return addresses.best_match(wanted, found)


def find_by_address(text: str) -> Division | None:
    """The likeliest division that `text` names, or None if it names none."""
    return match_address(text).division
