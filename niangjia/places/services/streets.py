"""Streets from an extract of OpenStreetMap: read, made compact, kept by tiles. See ADR 140."""

import datetime as dt
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from niangjia.core import transactions
from niangjia.core.errors import Invalid
from niangjia.places.models import StreetMap, StreetSquare, StreetTile, WalkReach
from niangjia.places.rules.landmarks import name_of
from niangjia.places.rules.street_lines import Kept, packed
from niangjia.places.rules.streets import is_open_on_foot, size_of
from niangjia.places.rules.walks import TILE
from niangjia.places.services.landmarks import write_landmarks
from niangjia.places.services.walks import STREETS
from niangjia.regions.services.reports import Progress, silent

if TYPE_CHECKING:
    from niangjia.places.rules.street_graph import Ways

TILES_AT_A_TIME = 200
#: Of a hundred parts of the work: reading the file, and then writing.
READING, WHOLE = 90, 100
SAYS_EVERY_WAYS = 5_000


@transactions.atomic
def load_streets(
    *,
    path: Path,
    name: str,
    now: dt.datetime,
    is_made_up: bool = False,
    progress: Progress = silent,
) -> StreetMap:
    """Take in the ways open to people on foot of an extract, and what has a name that people go by
    (`rules.landmarks`), in place of what was loaded under this name; what was worked out of earlier
    streets is forgotten and worked out anew with the next measurement. All of it or nothing.

    `path`: .osm.pbf, .osm, .osm.bz2 or .osm.gz. Raises `Invalid` when it cannot be read or no way
    in it is open to people on foot.
    """
    from niangjia.places.rules import street_graph

    if not 1 <= len(name) <= 60:
        raise Invalid(_("Give it a name of up to 60 characters."), code="name")
    ways, names, data_at = read_ways(path, progress)
    edges = street_graph.compact(ways)
    if not len(edges):
        problem = _("In %(file)s no way is open to people on foot.")
        raise Invalid(problem % {"file": path}, code="no-ways")
    earlier = set(StreetTile.objects.filter(map__name=name).values_list("col", "line"))
    StreetMap.objects.filter(name=name).delete()
    made = StreetMap.objects.create(
        name=name,
        ways=len(ways.names) - 1,
        kilometres=round(float(edges["metres"].sum()) / 1_000),
        data_at=data_at,
        loaded_at=now,
        is_made_up=is_made_up,
    )
    tiles = (
        StreetTile(
            map=made, col=col, line=line, edges=zlib.compress(own.tobytes(), 6), names=called
        )
        for col, line, part in street_graph.by_tile(edges, TILE)
        for own, called in [street_graph.with_names(part, names)]
    )
    while some := list(islice(tiles, TILES_AT_A_TIME)):
        StreetTile.objects.bulk_create(some)
    draw_squares(earlier | set(made.tiles.values_list("col", "line")))
    with readable(path):
        write_landmarks(made, path)
    # Whoever works out walks of the earlier streets just now has written them down by then.
    transactions.hold(STREETS)
    WalkReach.objects.all().delete()
    progress(WHOLE, WHOLE)
    return made


def draw_squares(squares: Iterable[tuple[int, int]]) -> None:
    """Draw squares anew, of all extracts together; what has no streets any more is forgotten. A
    query or two for each column."""
    by_col: dict[int, list[int]] = defaultdict(list)
    for col, line in squares:
        by_col[col].append(line)
    for col, lines in by_col.items():
        StreetSquare.objects.filter(col=col, line__in=lines).delete()
        tiles = StreetTile.objects.filter(col=col, line__in=lines).order_by("line", "map_id")
        found = tiles.values_list("line", "edges", "names", "map__is_made_up")
        StreetSquare.objects.bulk_create(
            StreetSquare(
                col=col, line=line, drawn=packed([kept_of(*row) for row in some], col, line)
            )
            for line, some in groupby(found, key=itemgetter(0))
        )


def kept_of(_line: int, edges: bytes | memoryview, names: list[str], is_made_up: bool) -> Kept:
    """What a tile keeps, to be drawn."""
    return Kept(zlib.decompress(edges), names, is_made_up)


def read_ways(path: Path, progress: Progress) -> "tuple[Ways, list[str], dt.datetime | None]":
    """The ways open to people on foot in a file, counted from 1, what they are called, and up to
    when it knows what changed. Raises `Invalid`."""
    import numpy as np

    from niangjia.places.rules.street_graph import Ways

    refs, x, y, numbers = array("q"), array("i"), array("i"), array("i")
    called, named, sizes = {"": 0}, array("I", [0]), array("B", [0])
    with readable(path):
        total = sum(1 for _way in open_ways(path, with_points=False))
        for count, (way, tags) in enumerate(open_ways(path, with_points=True), start=1):
            named.append(called.setdefault(name_of(tags), len(called)))
            sizes.append(size_of(tags))
            for node in way.nodes:
                # At the edge of an extract a way goes on to points that are not in the file.
                if node.location.valid():
                    refs.append(node.ref)
                    x.append(node.x)
                    y.append(node.y)
                    numbers.append(count)
            if count % SAYS_EVERY_WAYS == 0:
                progress(READING * count // total, WHOLE)
        data_at = said_to_be_of(path)
    return Ways(*map(np.asarray, (refs, x, y, numbers, named, sizes))), list(called), data_at


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Raises `Invalid` where a file cannot be read within the block."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        problem = _("%(file)s cannot be read as an extract of OpenStreetMap: %(error)s")
        raise Invalid(problem % {"file": path, "error": error}, code="file") from error


def open_ways(path: Path, *, with_points: bool) -> Iterator[tuple[Any, dict[str, str]]]:
    """The ways of a file that are open to people on foot, with their tags; each way is good until
    the next is asked for. `with_points`: where its points lie is known as well, which takes longer.
    """
    import osmium

    kinds = osmium.osm.NODE | osmium.osm.WAY if with_points else osmium.osm.WAY
    reader = osmium.FileProcessor(str(path), kinds)
    if with_points:
        reader = reader.with_locations()
    reader = reader.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    for way in reader.with_filter(osmium.filter.KeyFilter("highway")):
        tags = {tag.k: tag.v for tag in way.tags}
        if is_open_on_foot(tags):
            yield way, tags


def said_to_be_of(path: Path) -> dt.datetime | None:
    """When the extract was made, as its header says; None where it does not."""
    import osmium

    with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        said = reader.header().get("osmosis_replication_timestamp", "")
    try:
        found = dt.datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
