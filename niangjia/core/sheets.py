"""Tables that leave the house: what people typed is text in them and never a formula (promise 30).

A spreadsheet takes a cell that begins with one of a few signs for a formula, which can read other
cells and send them away. Such text gets an apostrophe in front (OWASP, "CSV Injection").
"""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

Value = str | int | float | bool | Decimal | dt.date | dt.datetime | None

#: Signs a formula begins with, full-width ones too; what is not seen before them does not count.
FORMULA = re.compile(r"^[\s\ufeff\u200b\u00a0\0]*[=+\-@|%＝＋－＠]|^[\t\r\n]")
#: Excel reads UTF-8 only when it is told so.
BYTE_ORDER_MARK = "\ufeff"
CSV = "text/csv; charset=utf-8"


def safe_cell(value: Value) -> str | int | float | Decimal:
    """`value` as a cell that no spreadsheet computes. Numbers stay numbers, moments become text in
    ISO 8601, None is empty."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        value = value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value


def csv_lines(rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Rows as CSV (RFC 4180) that Excel opens with Chinese intact, line by line for streaming."""
    yield BYTE_ORDER_MARK.encode()
    for row in rows:
        line = StringIO()
        csv.writer(line, quoting=csv.QUOTE_MINIMAL).writerow([safe_cell(value) for value in row])
        yield line.getvalue().encode()


def download(rows: Iterable[Sequence[Value]], *, name: str) -> StreamingHttpResponse:
    """Rows as a CSV that the browser saves under `name`, sent line by line."""
    return StreamingHttpResponse(csv_lines(rows), content_type=CSV, headers=saved_as(name))


def whole(rows: Iterable[Sequence[Value]], *, name: str) -> HttpResponse:
    """The same in one piece, for few rows: then it can have an ETag."""
    return HttpResponse(b"".join(csv_lines(rows)), content_type=CSV, headers=saved_as(name))


def saved_as(name: str) -> dict[str, str]:
    """What makes a browser save an answer under this name."""
    said = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": said or ""}


def xlsx(rows: Iterable[Sequence[Value]], *, title: str = "") -> bytes:
    """Rows as one sheet of an Excel workbook, the first as its heading. Texts are written as texts;
    the apostrophe is for those who save the sheet as CSV."""
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or None)
        heading = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                cell = safe_cell(value)
                look = heading if number == 0 else None
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, look)
                else:
                    sheet.write_number(number, column, float(cell), look)
        sheet.freeze_panes(1, 0)
    return made.getvalue()
