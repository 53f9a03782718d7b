"""How much the stars ask for, by operations."""

from ninja import Schema


class StarTermsIn(Schema):
    """The whole set; see `rules.star_terms.Terms` for what each says."""

    area_two: int
    area_three: int
    area_four: int
    on_time_three: int
    on_time_four: int
    inspected_days: int
    extended: int


class StarTermsOut(Schema):
    """`set_by`: the number of the union whose terms hold; nothing where they are the country's."""

    union: str
    set_by: str | None
    terms: StarTermsIn
