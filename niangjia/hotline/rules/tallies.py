"""The five standard statistics, from counts. `docs/glossary.md` says exactly what each counts."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from niangjia.feedback.rules.publishing import rounded, tells_too_much


@dataclass
class Tally:
    """Orders taken in within a period, and of them: settled, settled in time, settled by a unit
    they were handed to, called back of those, rated, at least fairly satisfied."""

    taken: int = 0
    settled: int = 0
    on_time: int = 0
    handed: int = 0
    called: int = 0
    rated: int = 0
    satisfied: int = 0

    def add(self, other: "Tally", times: int = 1) -> None:
        """Count `other` in; with -1, out."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + times * getattr(other, each.name))

    @property
    def settled_rate(self) -> float | None:
        """办结率: settled of what was taken in, in per cent; None for nothing."""
        return rate(self.settled, self.taken)

    @property
    def on_time_rate(self) -> float | None:
        """按时办结率: settled in time, of what was settled."""
        return rate(self.on_time, self.settled)

    @property
    def call_back_rate(self) -> float | None:
        """回访率: called back, of what was handed to a unit and settled there. What was answered on
        the spot is called back by sample, and would say nothing here."""
        return rate(self.called, self.handed)

    @property
    def satisfied_rate(self) -> float | None:
        """满意率: at least fairly satisfied, of whoever rated."""
        return rate(self.satisfied, self.rated)

    def in_tens(self) -> "Tally":
        """The same for whoever may not see the orders (promise 36): every count rounded down to
        tens, and the rates worked out from those, so that they say nothing more."""
        return Tally(**{each.name: rounded(getattr(self, each.name)) for each in fields(self)})


COUNTS = tuple(each.name for each in fields(Tally))


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole` in per cent, with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def may_be_shown(total: Tally, parts: Iterable[Tally]) -> bool:
    """Whether `parts`, in tens, may stand beside their sum: a sum that can only be reached when
    nearly every part ends in nine would tell them."""
    shown = list(parts)
    return not any(
        tells_too_much(getattr(total, name), [getattr(part, name) for part in shown])
        for name in COUNTS
    )
