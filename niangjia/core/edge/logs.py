"""Logs without personal data (promise 33)."""

import logging
import re

from niangjia.core.edge import request_ids

#: Mainland mobile numbers, identity numbers (15 or 18), e-mail, bearer tokens, and the part of a
#: database error that quotes the row.
PERSONAL = [
    (re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?![\dA-Za-z])"), "[identity number]"),
    (re.compile(r"(?<!\d)[1-9]\d{14}(?!\d)"), "[identity number]"),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "[phone]"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[e-mail]"),
    (re.compile(r"(?i)bearer\s+\S+"), "[token]"),
    (
        re.compile(r"(?m)^(\s*(?:DETAIL|CONTEXT|LINE \d+|STATEMENT|PARAMETERS)):.*$"),
        r"\1: [withheld]",
    ),
]


def scrubbed(text: str) -> str:
    """`text` with everything that looks like a person's data replaced by what it was."""
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text


class ScrubbingFormatter(logging.Formatter):
    """The last thing that happens to a line: message, arguments and traceback alike."""

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_ids.current.get()
        return scrubbed(super().format(record))
