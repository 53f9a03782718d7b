"""Writing divisions in batches. Each batch commits on its own and a row written twice is one row,
so a load that was cut off is finished by running it again."""

from collections.abc import Sequence

from niangjia.regions.models import Division
from niangjia.regions.rules import codes, names, readings
from niangjia.regions.services.reports import Progress

BATCH = 2000
NAMES = ["name", "short_name", "pinyin", "initials"]
PLACE = ["longitude", "latitude", "coordinate_source"]


def named(code: str, name: str) -> Division:
    """An unsaved division with all that follows from its code and name."""
    return Division(
        code=code,
        name=name,
        short_name=names.short_name(name),
        level=codes.level_of(code),
        parent_id=codes.parent_code(code),
        path=codes.path_of(code),
        pinyin=readings.pinyin(name),
        initials=readings.initials(name),
    )


def write(divisions: Sequence[Division], update: list[str], progress: Progress) -> None:
    """Insert, or update the named fields of, `divisions`, which name their parents first."""
    for start in range(0, len(divisions), BATCH):
        Division.objects.bulk_create(
            divisions[start : start + BATCH],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=update,
        )
        progress(min(start + BATCH, len(divisions)), len(divisions))
