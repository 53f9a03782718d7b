"""Hours as people and map vendors write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.places.rules import hours, told_hours, weeks
from niangjia.places.rules.hours import DAYS
from niangjia.places.rules.weeks import Line, Week


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("24小时", "24/7"),
        ("全天24小时营业", "24/7"),
        ("00:00-24:00", "24/7"),
        ("08:00-20:00", "Mo-Su 08:00-20:00"),
        ("每天 8:00~20:00", "Mo-Su 08:00-20:00"),
        ("周一至周五 08:30-17:30", "Mo-Fr 08:30-17:30"),
        ("周一至周五 08:30-17:30;周六至周日 09:00-16:00", "Mo-Fr 08:30-17:30; Sa-Su 09:00-16:00"),
        ("星期一到星期五：8点半至17点30分", "Mo-Fr 08:30-17:30"),
        ("周一至周日 上午8:30-11:30 下午2:00-5:30", "Mo-Su 08:30-11:30,14:00-17:30"),
        ("工作日 8:00—18:00，节假日休息", "Mo-Fr 08:00-18:00; PH off"),
        ("08:30-17:30（法定节假日除外）", "Mo-Su 08:30-17:30; PH off"),
        ("每天09:00-21:00，周一闭馆", "Tu-Su 09:00-21:00"),
        ("周一、周三、周五 9:00-12:00", "Mo,We,Fr 09:00-12:00"),
        ("周末及节假日 10:00-16:00", "Sa-Su 10:00-16:00; PH 10:00-16:00"),
        ("每天 20:00-次日06:00", "Mo-Su 20:00-06:00"),
        ("9:00-21:00 全年无休", "Mo-Su 09:00-21:00"),
        ("Mo-Fr 08:30-17:30; PH off", "Mo-Fr 08:30-17:30; PH off"),
        ("夏季 8:00-18:00", None),
        ("以现场为准", None),
        ("8:00-12:00，8:30-17:00", None),
        ("周一至周五", None),
        ("周一闭馆", None),
        ("次日8:00-10:00", None),
        ("25:00-26:00", None),
        ("", None),
    ],
)
def test_what_is_understood_and_what_is_not(told, written):
    assert told_hours.read(told) == written


HALF_HOURS = st.integers(0, 47).map(lambda half: half * 30)
NAMES = "一二三四五六日"


@given(
    first=st.integers(0, 6),
    length=st.integers(0, 6),
    begin=HALF_HOURS,
    minutes=st.integers(1, 47).map(lambda half: half * 30),
    dash=st.sampled_from(["-", "－", "~", "至", " — "]),
)
@settings(max_examples=60)
def test_whatever_is_told_in_days_and_times_is_what_is_written(first, length, begin, minutes, dash):
    """Told in Chinese and written by the form's own rules, it is the same timetable."""
    end = (begin + minutes) % (24 * 60)
    days = tuple((first + n) % 7 for n in range(length + 1))
    text = f"周{NAMES[days[0]]}" + (f"至周{NAMES[days[-1]]}" if length else "")
    told = f"{text} {begin // 60}:{begin % 60:02d}{dash}{end // 60:02d}:{end % 60:02d}"
    expected = weeks.written(Week((Line(tuple(sorted(days)), (weeks.span(begin, end),)),)))
    written = told_hours.read(told)
    assert written is not None
    assert hours.read(written) == hours.read(expected)


@given(
    st.text(
        alphabet="周一至五天工作日节假休息上下午次小时点半:-;，、 0123456789" + "".join(DAYS),
        max_size=40,
    )
)
@settings(max_examples=150)
def test_no_text_is_ever_read_as_hours_nobody_can_satisfy(text):
    written = told_hours.read(text)
    assert written is None or any(rule.spans for rule in hours.read(written).rules)
