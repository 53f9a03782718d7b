"""Why a file is not taken."""

import struct
import zipfile
import zlib

#: What the standard library raises on archives that are none.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
)


class Refused(Exception):
    """`code` says why, for machines and for `core.files.reasons`, which has the words; `values`
    are the numbers that go into them."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
