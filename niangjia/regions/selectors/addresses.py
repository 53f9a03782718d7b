"""From an address as people write it to the division it lies in."""

from collections import defaultdict
from collections.abc import Collection
from itertools import chain

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid, NotFound
from niangjia.regions.models import Division
from niangjia.regions.rules import addresses, codes
from niangjia.regions.selectors.divisions import chain_above, full_names

#: Some names of townships stand for dozens of places: enough are named to show what is missing.
MOST_NAMED = 6
#: So many names are asked for at once: those that some hundred addresses may hold.
MOST_NAMES = 10_000


def match_address(text: str) -> addresses.AddressMatch:
    """The division that `text` names, how sure that is, and what else it may be. One query.

    Understands full and short names and missing rungs. A name several places share (朝阳区, 鼓楼区)
    needs a city or province beside it to be sure.
    """
    return match_addresses([text])[text]


def beyond_division(text: str, division: Division) -> str | None:
    """What `text` says after the names of a division and of those above it, without separators: ""
    when it names nothing else, None when it does not begin with them. One query."""
    whole = addresses.normalise(text)
    rest = addresses.beyond(whole, [*chain_above(division), division])
    return None if rest == whole else rest


def match_addresses(texts: Collection[str]) -> dict[str, addresses.AddressMatch]:
    """The same of each text. One query for some hundred addresses."""
    wanted = {text: addresses.normalise(text) for text in texts}
    names = {text: addresses.possible_names(short) for text, short in wanted.items()}
    named = divisions_by_name(set(chain.from_iterable(names.values())))
    return {
        text: addresses.best_match(
            short, chain.from_iterable(named[name] for name in names[text] & named.keys())
        )
        for text, short in wanted.items()
    }


def divisions_by_name(names: Collection[str]) -> dict[str, list[Division]]:
    """Divisions by each of these names, full or short."""
    named: dict[str, list[Division]] = defaultdict(list)
    wanted = sorted(names)
    for first in range(0, len(wanted), MOST_NAMES):
        some = wanted[first : first + MOST_NAMES]
        found = Division.objects.filter(Q(name__in=some) | Q(short_name__in=some))
        for division in found.exclude(name__in=codes.PSEUDO_NAMES):
            for name in {division.name, division.short_name}:
                named[name].append(division)
    return named


def access_by_address(text: str) -> Division:
    """The one division that `text` names: where something is written down, nothing is guessed.

    Raises `NotFound` when it names none, `Invalid` "ambiguous-place" when it names several, with
    their full names.
    """
    found = read_addresses([text])[text]
    if isinstance(found, Division):
        return found
    raise found


def read_addresses(texts: Collection[str]) -> dict[str, Division | NotFound | Invalid]:
    """Of each text the one division it names, or what `access_by_address` would raise. Two queries
    for some hundred texts."""
    matches = match_addresses(texts)
    unsure = chain.from_iterable(named_in(each) for each in matches.values() if each.alternatives)
    full = full_names(set(unsure))
    return {text: judged(match, full) for text, match in matches.items()}


def named_in(match: addresses.AddressMatch) -> list[Division]:
    """What an address may mean, as many as are named to whoever wrote it."""
    return [each for each in (match.division, *match.alternatives) if each][:MOST_NAMED]


def judged(match: addresses.AddressMatch, full: dict[str, str]) -> Division | NotFound | Invalid:
    """What a match comes to where nothing is guessed."""
    if match.division is None:
        return NotFound(_("There is no such division."))
    if not match.alternatives:
        return match.division
    return Invalid(
        _("Several places are called that: %(places)s. Write out which one you mean.")
        % {"places": "、".join(full[each.code] for each in named_in(match))},
        code="ambiguous-place",
    )
