"""Why a file is not taken."""


class Refused(Exception):
    """`code` says why, for machines and for `core.files.reasons`, which has the words; `values`
    are the numbers that go into them."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
