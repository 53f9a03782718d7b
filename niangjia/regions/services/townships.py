"""Townships, from a folder of CSV files: provinces, cities, areas (counties) and streets."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from niangjia.core.errors import Invalid
from niangjia.regions.models import CoordinateSource, Division
from niangjia.regions.rules import codes
from niangjia.regions.services.divisions import inherit_point
from niangjia.regions.services.reports import LoadReport, Progress, Refusal, silent
from niangjia.regions.services.writing import NAMES, PLACE, named, write

#: File, length of its codes, and how many zeros make a GB/T 2260 code of them.
FILES = (("provinces.csv", 2, 4), ("cities.csv", 4, 2), ("areas.csv", 6, 0), ("streets.csv", 9, 0))
LONGEST_NAME = 60


@dataclass(frozen=True)
class Line:
    """One row of one file."""

    file: str
    number: int
    code: str
    name: str


def load_townships(folder: Path, *, progress: Progress = silent) -> LoadReport:
    """Load the four files in `folder`; counties younger than the shipped table come with them.

    A row that makes no sense is refused by file, line and reason, and the others still load.
    Townships and new counties have no point of their own and take their parent's. Divisions that
    only the shipped table knows stay. Raises `Invalid` when a file or a column is missing.
    """
    report = LoadReport()
    known = Division.objects.defer("pinyin", "initials").in_bulk()
    if codes.COUNTRY_CODE not in known:
        raise Invalid(_("Load the base table of divisions first."), code="no-base-table")
    fresh: dict[str, Division] = {}
    renamed: dict[str, Division] = {}
    for line in read(folder):
        reason = fault(line, known, fresh)
        if reason:
            report.refusals.append(Refusal(line.file, line.number, reason))
            continue
        there = known.get(line.code)
        if there is not None and line.code not in fresh and there.name == line.name:
            report.loaded += 1
            continue
        division = named(line.code, line.name)
        if there is None:
            inherit_point(division, known[division.parent_id or codes.COUNTRY_CODE])
            fresh[line.code] = known[line.code] = division
        else:
            division.longitude, division.latitude = there.longitude, there.latitude
            division.coordinate_source = CoordinateSource(there.coordinate_source)
            renamed[line.code] = division
        report.loaded += 1
    write([*renamed.values(), *fresh.values()], [*NAMES, *PLACE], progress)
    return report


def read(folder: Path) -> Iterator[Line]:
    """Every row of the four files, parents first."""
    for file, _length, zeros in FILES:
        path = folder / file
        if not path.is_file():
            raise Invalid(_("%(file)s is missing.") % {"file": path}, code="file-missing")
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise Invalid(_("%(file)s is not UTF-8 text.") % {"file": path}) from error
        rows = csv.DictReader(text.splitlines())
        if not {"code", "name"} <= set(rows.fieldnames or ()):
            raise Invalid(
                _("%(file)s needs the columns code and name.") % {"file": path},
                code="column-missing",
            )
        for row in rows:
            code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
            yield Line(file, rows.line_num, code + "0" * zeros if code.isdigit() else code, name)


def fault(line: Line, known: dict[str, Division], fresh: dict[str, Division]) -> str:
    """Why this row cannot be loaded, or nothing."""
    length = next(size + zeros for file, size, zeros in FILES if file == line.file)
    if len(line.code) != length or not codes.is_code(line.code):
        return _("“%(code)s” is not a division code of this level.") % {"code": line.code[:20]}
    if not line.name:
        return _("The name is missing.")
    if len(line.name) > LONGEST_NAME:
        return _("The name is longer than %(most)s characters.") % {"most": LONGEST_NAME}
    if line.code in fresh:
        return _("The code %(code)s stands in the file twice.") % {"code": line.code}
    if codes.parent_code(line.code) not in known:
        return _("There is no division %(code)s above it.") % {"code": codes.parent_code(line.code)}
    return ""
