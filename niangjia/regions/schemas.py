"""Divisions as the API shows them."""

from ninja import Field, Schema


class DivisionOut(Schema):
    """One division. The point is where its government sits, WGS-84; inherited ones say so."""

    code: str = Field(description="GB/T 2260: six digits, nine for townships; 100000 the country")
    name: str
    short_name: str
    level: int = Field(description="0 country, 1 province, 2 city, 3 county, 4 township")
    parent: str | None = Field(description="code of the division above", alias="parent_id")
    longitude: float | None
    latitude: float | None
    coordinate_source: str = Field(description="own, or parent when inherited from above")


class DivisionsOut(Schema):
    """Divisions in the order of their codes. All of them, so there is no next page."""

    items: list[DivisionOut]
    next: str | None = None


class DivisionDetailOut(Schema):
    """One division and those above it, the country first."""

    division: DivisionOut
    above: list[DivisionOut]


class MatchOut(Schema):
    """What an address names. `confidence` is 1 when nothing else fits, one share each otherwise."""

    division: DivisionOut | None
    confidence: float
    alternatives: list[DivisionOut]
