"""The national figures as the API shows them."""

from ninja import Field, Schema


class FiguresOut(Schema):
    """What a union and everything below it add up to. Null where a count is too small to publish:
    few members could be told apart, and so could how one small union answers."""

    unions: dict[str, int] = Field(description="how many, by kind")
    members: int | None
    open: int | None = Field(description="applications waiting for an answer")
    late: int | None = Field(description="those of them past the promised date")
    decided: int | None
    median_hours: float | None = Field(description="the median wait for an answer, whole hours")


class RowOut(Schema):
    """A union right below."""

    number: str
    name: str
    kind: str
    figures: FiguresOut


class LinkOut(Schema):
    """A union above."""

    number: str
    name: str


class NationOut(Schema):
    """A union, those above it, its figures and the largest of those right below it."""

    number: str
    name: str
    above: list[LinkOut]
    figures: FiguresOut
    items: list[RowOut]
    not_shown: int = Field(description="how many smaller unions right below are left out")
