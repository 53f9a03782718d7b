"""The order of unions among equal matches, cut into strata that a query walks one by one.

Every key in the index begins with the letter of its union's stratum. A query that matches nearly
everything ("工会") therefore stops after the first strata; one that matches little pays a probe
for each. No stratum holds more than a few per cent of the country's unions.
"""

import string

from niangjia.organisations.models import Kind
from niangjia.regions.models import Level

LETTERS = string.ascii_uppercase + string.ascii_lowercase

#: Federations from the top down to the counties; industrial unions stand among them.
FEDERATIONS = {Level.COUNTRY: 0, Level.PROVINCE: 1, Level.CITY: 2, Level.COUNTY: 3}
TOWNSHIPS, TOWNSHIP_STRATA = 4, 5
#: Below the federations: as many strata as letters are left, filled evenly by number.
BELOW = TOWNSHIPS + TOWNSHIP_STRATA
STRATA = len(LETTERS)
BELOW_STRATA = STRATA - BELOW

#: A number's body has thirteen digits; a name's length takes three more.
NUMBERS, LENGTHS = 10**13, 1000


def stratum(*, kind: str, level: int, number: str) -> int:
    """Where a union stands: 0 is shown first. `level` is its division's."""
    body = int(number[:-1])
    if kind in {Kind.FEDERATION, Kind.INDUSTRIAL}:
        if level in FEDERATIONS:
            return FEDERATIONS[Level(level)]
        return TOWNSHIPS + body % TOWNSHIP_STRATA
    return BELOW + body % BELOW_STRATA


def rank(*, stratum: int, name: str, number: str) -> int:
    """The one order of all unions: by stratum, then short names first (they are the closer match
    for what was typed), then by number. Fits a bigint."""
    return (stratum * LENGTHS + len(name)) * NUMBERS + int(number[:-1])


def in_each(template: str) -> str:
    """A query template with the letter of each stratum in it, as the text of an array for
    PostgreSQL: a list of as many strings would be quoted one by one."""
    quoted = template.replace("\\", "\\\\").replace('"', '\\"')
    return "{" + ",".join(f'"{quoted.replace("#", letter)}"' for letter in LETTERS) + "}"


def stratum_of_rank(rank: int) -> int:
    """The stratum that `rank` lies in."""
    return rank // (LENGTHS * NUMBERS)
