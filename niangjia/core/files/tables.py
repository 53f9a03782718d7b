"""Tables that people send: a workbook or a CSV, as rows of plain text."""

import csv
import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, load_workbook

from niangjia.core import errors
from niangjia.core.cleaning.kinds import Kind
from niangjia.core.files.examining import examine

ENCODINGS = ("utf-8-sig", "gb18030")


def read(sent: "UploadedFile[Any]", *, size: int) -> list[list[str]]:
    """The first sheet of a workbook (XLSX), or a CSV in UTF-8 or GB 18030, row by row.

    `size` is how many bytes it may have. Known by its content, not by its name. Raises `Invalid` on
    `file` for what is no table.
    """
    if (sent.size or 0) > size:
        raise unfit(_("This file is too large for a list."))
    head = sent.read(4)
    sent.seek(0)
    if head[:2] == b"PK":
        examined = examine(sent, name=sent.name or "", allowed={Kind.XLSX})
        try:
            sheet = load_workbook(io.BytesIO(examined.content)).get_sheet_by_index(0)
        except CalamineError as error:
            raise unreadable() from error
        return [[plain(cell) for cell in row] for row in sheet.to_python()]
    return csv_rows(sent.read())


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV. Raises `Invalid`."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        try:
            return list(csv.reader(io.StringIO(text), strict=True))
        except csv.Error as error:
            raise unreadable() from error
    raise unreadable()


def plain(cell: Any) -> str:
    """A cell as text; a number that a table keeps as 13800001111.0 without its fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def unreadable() -> errors.Invalid:
    return unfit(_("This file cannot be read as a table. Save it as XLSX or CSV."))


def unfit(words: errors.Text) -> errors.Invalid:
    """Why a file is no list, beside the field it was sent in."""
    return errors.Invalid(words, code="bad-file", fields={"file": words})
