"""Public values that nobody in a union can know or choose: results of the two national lotteries.

Both are drawn before cameras and notaries, printed in newspapers, and found on every phone. One of
them is drawn on six evenings a week. A value must have so many outcomes that trying secrets, before
the value is known, helps nobody: with 10 million, the best of a billion tries would raise a chance
of 1 in 100 to 1.02 in 100. A stock index, which closes within a few thousand values, would let them
nearly double it; so it is not offered.
"""

import datetime as dt
import math
import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock

OUTCOMES_MIN = 10_000_000
ISSUE = re.compile(r"20[0-9]{2}(?!000)[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Balls:
    """`count` different numbers from 1 to `highest`, in ascending order."""

    count: int
    highest: int

    @property
    def outcomes(self) -> int:
        return math.comb(self.highest, self.count)


@dataclass(frozen=True, slots=True)
class Source:
    """A lottery: its name as everybody says it, where its results stand, on which weekdays (Monday
    is 0) it is drawn, and the balls before and after the "+"."""

    key: str
    name: str
    label: Promise | str
    address: str
    weekdays: tuple[int, ...]
    front: Balls
    back: Balls

    @property
    def outcomes(self) -> int:
        return self.front.outcomes * self.back.outcomes

    @property
    def example(self) -> str:
        """A value as it is written: for the hint beside the field."""
        front = range(2, 2 + 4 * self.front.count, 4)
        return written(tuple(front), tuple(range(3, 3 + self.back.count)))


#: No result of that evening is known before this hour: both are drawn after nine.
KNOWN_FROM = dt.time(21, 0)

DOUBLE_COLOUR_BALL = Source(
    key="double_colour_ball",
    name="中国福利彩票双色球",
    label=_("Double Colour Ball, China Welfare Lottery"),
    address="https://www.cwl.gov.cn/",
    weekdays=(1, 3, 6),
    front=Balls(6, 33),
    back=Balls(1, 16),
)
SUPER_LOTTO = Source(
    key="super_lotto",
    name="中国体育彩票超级大乐透",
    label=_("Super Lotto, China Sports Lottery"),
    address="https://www.lottery.gov.cn/",
    weekdays=(0, 2, 5),
    front=Balls(5, 35),
    back=Balls(2, 12),
)
SOURCES = {source.key: source for source in (DOUBLE_COLOUR_BALL, SUPER_LOTTO)}


def written(front: tuple[int, ...], back: tuple[int, ...]) -> str:
    """ "03 07 12 21 28 33+09"."""
    return "+".join(" ".join(f"{number:02d}" for number in part) for part in (front, back))


def read_value(source: Source, typed: str) -> str | None:
    """The result in its one form, however it was typed (full-width digits, commas, one ball after
    the other); None when it can be no result of this lottery."""
    numbers = [int(number) for number in re.findall(r"[0-9]{1,2}", normal(typed))]
    if re.sub(r"[0-9\s,;:+|\-、，]", "", normal(typed)):
        return None
    front, back = tuple(numbers[: source.front.count]), tuple(numbers[source.front.count :])
    if not (fits(front, source.front) and fits(back, source.back)):
        return None
    return written(tuple(sorted(front)), tuple(sorted(back)))


def normal(typed: str) -> str:
    """Full-width digits and signs as plain ones."""
    return "".join(
        chr(ord(letter) - 0xFEE0) if 0xFF01 <= ord(letter) <= 0xFF5E else letter for letter in typed
    )


def fits(numbers: tuple[int, ...], balls: Balls) -> bool:
    in_range = all(1 <= number <= balls.highest for number in numbers)
    return in_range and len(numbers) == len(set(numbers)) == balls.count


def read_issue(typed: str) -> str | None:
    """The number of an issue: the year and three digits. Super Lotto prints two digits of the
    year; None when it can be none."""
    digits = "".join(normal(typed).split())
    digits = f"20{digits}" if len(digits) == 5 else digits
    return digits if ISSUE.fullmatch(digits) else None


def known_at(source: Source, day: dt.date) -> dt.datetime:
    """The moment before which nobody can know the result of `day`. Raises `ValueError` for a day on
    which this lottery is not drawn."""
    if day.weekday() not in source.weekdays:
        raise ValueError("not drawn on that day")
    return dt.datetime.combine(day, KNOWN_FROM, tzinfo=clock.CHINA)
