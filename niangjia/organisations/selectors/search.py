"""Finding unions by words, by place and by what they are.

`find_unions` is the one door; with a position known it hands over to `search_nearest`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid
from niangjia.organisations.rules import search_queries, search_strata
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.selectors import search_nearest
from niangjia.organisations.selectors.search_rows import COLUMNS, FoundUnion

PAGE_SIZE = 20
#: Nobody reads on after this many of the nearest; they narrow the search instead.
DEEPEST = 1_000

SIGNER = signing.Signer(salt="niangjia.find")

#: Strata are walked in order and the walk stops with the page: see ADR 0030. A nested loop keeps
#: the order of its outer side, which is sorted.
BY_WORDS = """
    WITH found AS MATERIALIZED (
        SELECT walk.tier, hit.rank, hit.union_id
        FROM (
            SELECT template, tier, letter, place
            FROM unnest(%(tiers)s::text[]) WITH ORDINALITY AS tiers(template, tier),
                 unnest(string_to_array(%(letters)s, NULL)) WITH ORDINALITY AS strata(letter, place)
            WHERE (tier, place) >= (%(tier)s, %(stratum)s + 1)
            ORDER BY tier, place
        ) AS walk
        CROSS JOIN LATERAL (
            SELECT union_id, rank FROM organisations_unionsearch
            WHERE tokens @@ replace(walk.template, '#', walk.letter)::tsquery
                AND (walk.tier > %(tier)s OR rank > %(rank)s)
            ORDER BY rank LIMIT %(limit)s
        ) AS hit
        LIMIT %(limit)s
    )
    SELECT found.tier, found.rank, {columns}
    FROM found
    JOIN organisations_unionsearch AS s ON s.union_id = found.union_id
    JOIN organisations_union AS u ON u.id = found.union_id
    ORDER BY found.tier, found.rank
"""


@dataclass(frozen=True)
class Criteria:
    """What somebody looks for. Empty fields do not matter. `division` is a code of any level."""

    words: str = ""
    division: str = ""
    kind: str = ""
    admits: str = ""
    near: Position | None = None

    @property
    def facets(self) -> list[str]:
        """The conditions as keys of the index."""
        named = {"kind:": self.kind, "admits:": self.admits, "": self.division}
        return [prefix + value for prefix, value in named.items() if value]


@dataclass(frozen=True)
class FoundPage:
    """Some results, best or nearest first. `next` is a cursor or None."""

    items: list[FoundUnion] = field(default_factory=list)
    next: str | None = None
    previous: str | None = None


def find_unions(
    criteria: Criteria, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> FoundPage:
    """The unions that match `criteria`, a page at a time. One query, rarely three.

    Without a position: exact names first (a place alone means the federation of that place), then
    names that begin so, then whatever contains all words, in its own name, an employer's, the
    trade or the places above it, in characters, pinyin or initials; among equals federations
    first, the higher ones before the lower ones. With a position: exact names, then everything by
    distance. Dissolved unions are never found. Raises `Invalid` for a cursor this list did not
    give out.
    """
    query = search_queries.parse(criteria.words, criteria.facets)
    after = read_cursor(cursor)
    if criteria.near is not None:
        found, following = search_nearest.find(
            query, near=criteria.near, after=search_nearest.Seen(*after or ()), size=size
        )
        return FoundPage(found, next=write_cursor(following) if following else None)
    return find_by_words(query, after=after or (1, 0), size=size)


def find_by_words(query: search_queries.Query, *, after: tuple[Any, ...], size: int) -> FoundPage:
    """The page after the row at `after` (tier, rank)."""
    tier, rank = after[:2]
    params = {
        "tiers": list(query.tiers),
        "letters": search_strata.LETTERS,
        "tier": tier,
        "stratum": search_strata.stratum_of_rank(rank),
        "rank": rank,
        "limit": size + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_WORDS.format(columns=COLUMNS), params)
        rows = cursor.fetchall()
    page = rows[:size]
    more = len(rows) > size
    return FoundPage(
        [FoundUnion(*row[2:]) for row in page],
        next=write_cursor((page[-1][0], page[-1][1])) if more else None,
    )


def write_cursor(values: tuple[Any, ...]) -> str:
    return SIGNER.sign_object(list(values))


def read_cursor(cursor: str | None) -> tuple[Any, ...] | None:
    """What `write_cursor` was given. Raises `Invalid`."""
    if not cursor:
        return None
    try:
        return tuple(SIGNER.unsign_object(cursor))
    except (signing.BadSignature, ValueError) as error:
        raise Invalid(
            _("This page of the list is no longer there. Start again from the first page."),
            code="bad-cursor",
        ) from error
