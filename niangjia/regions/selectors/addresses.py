"""From an address as people write it to the division it lies in."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid, NotFound
from niangjia.regions.models import Division
from niangjia.regions.rules import addresses, codes
from niangjia.regions.selectors.divisions import full_names

#: Some names of townships stand for dozens of places: enough are named to show what is missing.
MOST_NAMED = 6


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


def access_by_address(text: str) -> Division:
    """The one division that `text` names: where something is written down, nothing is guessed.

    Raises `NotFound` when it names none, `Invalid` "ambiguous-place" when it names several, with
    their full names.
    """
    match = match_address(text)
    if match.division is None:
        raise NotFound(_("There is no such division."))
    if match.alternatives:
        names = full_names([match.division, *match.alternatives][:MOST_NAMED])
        raise Invalid(
            _("Several places are called that: %(places)s. Write out which one you mean.")
            % {"places": "、".join(names.values())},
            code="ambiguous-place",
        )
    return match.division
