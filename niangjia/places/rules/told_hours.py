"""Opening hours as people and map vendors write them in Chinese, put into opening_hours.

周一至周五 08:30-17:30；周六 9点到12点, 24小时, 工作日 8:00—18:00，节假日休息.
What is not understood to its last sign is not understood at all: half a timetable sends people to
locked doors.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from niangjia.places.rules import weeks
from niangjia.places.rules.hours import DAY_MINUTES
from niangjia.places.rules.listing import hours_problem
from niangjia.places.rules.weeks import Line, Week

LONGEST = 200
#: Public holidays stand among the days as an eighth, as in 周末及节假日.
HOLIDAY = 7
WHOLE_WEEK = frozenset(range(7))
NAMED_DAYS = {
    **dict.fromkeys(("全年无休", "每天", "每日", "天天", "全年"), WHOLE_WEEK),
    **dict.fromkeys(("法定工作日", "工作日", "平日"), frozenset(range(5))),
    **dict.fromkeys(("双休日", "周末"), frozenset({5, 6})),
    **dict.fromkeys(("国家法定节假日", "法定节假日", "法定假日", "节假日"), frozenset({HOLIDAY})),
}
SIGNS = "一二三四五六日"
SOME = rf"[{SIGNS}天]+(?:-(?:星期|周)?[{SIGNS}天])?"
DAYS = re.compile(
    rf"(?P<named>{'|'.join(NAMED_DAYS)})|(?P<some>(?:星期|周){SOME}(?:[,、](?:星期|周)?{SOME})*)"
)
PART = re.compile(rf"([{SIGNS}天]+)(?:-(?:星期|周)?([{SIGNS}天]))?")
HALF = "凌晨|早上|上午|中午|下午|晚上|早|晚"
CLOCK = rf"(?:({HALF})|次日)?\s*([01]?\d|2[0-4])(?::([0-5]\d)(?::00)?|[点时](?:([0-5]\d)分?|(半))?)"
SPAN = re.compile(rf"{CLOCK}\s*-\s*(次日|第二天)?{CLOCK}")
ALWAYS = re.compile(r"(?:全天)?\s*24\s*(?:小时|h)|全天")
SHUT = re.compile(r"不营业|不开放|不开门|休息|闭馆|除外")
FILLER = re.compile(r"(?:营业|开放|服务)时间:?|营业|开放|服务|[;,、|/\s]+|和|及|:")
DASH = re.compile(r"\s*(?:-+|[‐-―−~〜]+|至|到)\s*")


#: What opening_hours has and people writing Chinese have not.
WRITTEN = re.compile(r"[A-Z][a-z]|^24/7$")


class Unread(ValueError):
    """Something in it is not understood."""


@lru_cache(maxsize=10_000)
def read(text: str) -> str | None:
    """The hours that `text` says in opening_hours, or None where they are not understood wholly.
    What is opening_hours already stays as it is."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if WRITTEN.search(text) and hours_problem(text) is None:
        return text
    try:
        written = weeks.written(Reader(plain(text)).week())
    except Unread:
        return None
    return written if hours_problem(written) is None else None


def plain(text: str) -> str:
    """Full-width signs as half-width, every dash the same, brackets as spaces."""
    narrow = unicodedata.normalize("NFKC", text).lower()
    return DASH.sub("-", re.sub(r"[()\[\]【】。;]", " ", narrow)).strip()


class Reader:
    """Goes through a text from left to right: days, then their times, and again. Times before any
    days are of every day."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self.days: frozenset[int] = frozenset()
        self.has_times = True
        self.told: list[tuple[frozenset[int], list[tuple[int, int]]]] = []

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.rest)
        if match:
            self.rest = self.rest[match.end() :]
        return match

    def week(self) -> Week:
        """All of it. Raises `Unread`."""
        while self.rest:
            if match := self.take(DAYS):
                self.turn_to(days_of(match))
            elif match := self.take(SPAN):
                self.add(span_of(match))
            elif self.take(ALWAYS):
                self.add((0, DAY_MINUTES))
            elif self.take(SHUT):
                self.shut()
            elif not self.take(FILLER):
                raise Unread
        if not self.has_times and self.told and self.days != WHOLE_WEEK:
            raise Unread
        return as_week(self.told)

    def turn_to(self, days: frozenset[int]) -> None:
        """What follows is about `days`, and about those just named that have no times yet."""
        self.days = days if self.has_times else self.days | days
        self.has_times = False

    def add(self, span: tuple[int, int]) -> None:
        if self.has_times and self.told:
            self.told[-1][1].append(span)
        else:
            self.told.append((self.days or WHOLE_WEEK, [span]))
        self.days, self.has_times = self.told[-1][0], True

    def shut(self) -> None:
        if self.has_times:
            raise Unread
        self.told.append((self.days, []))
        self.has_times = True


def days_of(match: re.Match[str]) -> frozenset[int]:
    """Named together (工作日), or one by one and from–to (周一至周三、周五)."""
    if match["named"]:
        return NAMED_DAYS[match["named"]]
    days: set[int] = set()
    for signs, last in PART.findall(match["some"].replace("天", "日")):
        numbers = [SIGNS.index(sign) for sign in signs]
        if last:
            end = SIGNS.index(last)
            numbers += [day % 7 for day in range(numbers[-1], end + 1 + 7 * (end < numbers[-1]))]
        days.update(numbers)
    return frozenset(days)


def span_of(match: re.Match[str]) -> tuple[int, int]:
    """Minutes after midnight, past the next one for a night. Raises `Unread` for what cannot be."""
    first, next_day, last = match.groups()[:5], match[6], match.groups()[6:]
    begin, end = minutes(*first), minutes(last[0] or first[0], *last[1:])
    if begin >= DAY_MINUTES or end > DAY_MINUTES:
        raise Unread
    is_next_day = bool(next_day) or "次日" in match[0]
    if is_next_day and end > begin:
        raise Unread
    return weeks.span(begin, end)


def minutes(
    half: str | None, hour: str, exact: str | None, spoken: str | None, is_half: str | None
) -> int:
    """下午 5 点半 is 17:30."""
    hours = int(hour)
    if half in {"下午", "晚上", "晚"} and hours < 12:
        hours += 12
    if half == "中午" and hours < 3:
        hours += 12
    return hours * 60 + (30 if is_half else int(exact or spoken or 0))


def as_week(told: list[tuple[frozenset[int], list[tuple[int, int]]]]) -> Week:
    """As the form of hours has it: what is said to be shut is in no line. Raises `Unread` where
    times of one day overlap or there are none."""
    shut = {day for days, spans in told if not spans for day in days}
    lines = []
    on_holidays: tuple[tuple[int, int], ...] | None = () if HOLIDAY in shut else None
    for days, spans in told:
        if not spans:
            continue
        ordered = tuple(sorted(spans))
        line = Line(tuple(sorted(days - shut - {HOLIDAY})), ordered)
        if HOLIDAY in days:
            on_holidays = ordered
        if any(begin < end for (_b, end), (begin, _e) in pairwise(ordered)):
            raise Unread
        if line.days:
            lines.append(line)
    if not lines:
        raise Unread
    always = on_holidays is None and lines == [Line(tuple(range(7)), ((0, DAY_MINUTES),))]
    return Week(is_always_open=True) if always else Week(tuple(lines), on_holidays)
