"""What the index holds of one union."""

from dataclasses import dataclass, field

from niangjia.organisations.models import Kind
from niangjia.organisations.rules import search_strata as strata
from niangjia.organisations.rules import search_words as words
from niangjia.organisations.rules.search_queries import ANYWHERE, EXACT, FACET, START
from niangjia.regions.rules.codes import is_pseudo


@dataclass(frozen=True)
class Document:
    """One union as the index sees it. `places` are its division and those above it, by code."""

    name: str
    number: str
    kind: str
    level: int
    places: dict[str, str]
    trade: str = ""
    employers: list[str] = field(default_factory=list)
    admits_directly: list[str] = field(default_factory=list)

    @property
    def stratum(self) -> int:
        return strata.stratum(kind=self.kind, level=self.level, number=self.number)

    @property
    def rank(self) -> int:
        return strata.rank(stratum=self.stratum, name=self.name, number=self.number)

    def lexemes(self) -> list[str]:
        """Every key, led by the letter of the stratum."""
        letter = strata.LETTERS[self.stratum]
        keys = {
            *(EXACT + key for key in self.exact()),
            *(START + key for key in self.start()),
            *(ANYWHERE + key for key in self.anywhere()),
            *(FACET + key for key in self.facets()),
        }
        return [letter + key for key in keys]

    def called(self) -> list[str]:
        """The names it goes by: with and without the suffix of its place."""
        return list(dict.fromkeys([self.name, words.without_place_suffix(self.name)]))

    def exact(self) -> set[str]:
        keys = set().union(*(words.exact_keys(name) for name in self.called()))
        if self.kind == Kind.FEDERATION and self.places:
            # Whoever types only a place wants the federation of that place.
            place = list(self.places.values())[-1]
            keys |= words.exact_keys(place) | words.exact_keys(words.short_place(place))
        return keys

    def start(self) -> set[str]:
        return set().union(*(words.start_keys(name) for name in self.called()))

    def anywhere(self) -> set[str]:
        texts = [*self.called(), self.trade, *self.employers]
        return set().union(
            *(words.contained_keys(text) for text in texts),
            *(words.leading_keys(place) for place in self.places.values() if not is_pseudo(place)),
        )

    def facets(self) -> set[str]:
        return {
            "all",
            f"kind:{self.kind}",
            *(f"admits:{worker}" for worker in self.admits_directly),
            *self.places,
        }
