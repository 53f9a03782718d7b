"""What is said in the demonstration's long courses of help. Nobody in it exists."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from niangjia.core import clock

#: Stands for the day on which it is said.
TODAY = "today"


@dataclass(frozen=True)
class Turn:
    """One step: so many days `after` the one before it, with its end. Without an outcome the clock
    alone ends it. `letter` is filled into the letter that has to go out then."""

    after: int
    outcome: str = ""
    words: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    letter: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    """A case from its first day, so many days ago, through its turns."""

    days_ago: int
    turns: tuple[Turn, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)

    def began(self, now: dt.datetime) -> dt.datetime:
        return in_the_morning(now - dt.timedelta(days=self.days_ago))


def in_the_morning(at: dt.datetime) -> dt.datetime:
    """That day at twenty past ten, when the offices are open."""
    return at.astimezone(clock.CHINA).replace(hour=10, minute=20, second=0, microsecond=0)


def with_days(answers: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """`answers` with the day on which they are given."""
    return {key: today.isoformat() if said == TODAY else said for key, said in answers.items()}


def into_the_file(people: int, income: int, findings: str, number: str) -> tuple[Turn, ...]:
    """From the visit to the file of a household."""
    visited = {
        "visited_on": TODAY,
        "visitors": "何晓梅、周建平",
        "people_seen": people,
        "income_seen": income,
        "checks": ["papers", "home", "neighbours"],
        "grade": "relative",
        "findings": findings,
    }
    plan = "每季度发放帮扶金，另为孩子申请助学；每年复核一次。"
    return (
        Turn(3, "visited", "上门走访，情况与申请一致。", visited),
        Turn(2, "passed", "材料齐全，与走访一致，报公示。"),
        Turn(1),
        Turn(
            2,
            "approved",
            "同意建档。",
            {"grade": "relative", "plan": plan},
            letter={"decision": plan, "contact": "何晓梅"},
        ),
        Turn(1, "filed", "", {"file_number": number, "contact_officer": "何晓梅"}),
    )


def household(**said: Any) -> dict[str, Any]:
    """What somebody answers who asks for their household; the telephone is their own."""
    return {
        "receives_allowance": False,
        "homes": 0,
        "has_business": False,
        "has_car": False,
        "notice_consent": True,
        "sensitive_consent": True,
        **said,
    }


def given(after: int, ways: list[str], amount: int, words: str) -> Turn:
    """The aid of one quarter."""
    return Turn(after, "given", words, {"way": ways, "amount": amount, "given_on": TODAY})


COURSES_OF_AID = (
    # The third quarter is running; two were given.
    Course(
        days_ago=240,
        answers=household(
            cause="illness",
            illness="尿毒症，每周透析三次",
            people=3,
            family=[
                {
                    "name": "吴秀英",
                    "relation": "spouse",
                    "born": 1984,
                    "standing": "ill",
                    "illness": "尿毒症",
                    "income": 0,
                },
                {
                    "name": "陈小雨",
                    "relation": "child",
                    "born": 2012,
                    "standing": "at-school",
                    "income": 0,
                },
            ],
            income_each=860,
            situation="爱人透析两年多，每月自费药一千多元，孩子读初二，全家靠我一个人送货的收入，房租常要拖几天。",
            address="江东街道青口小区十二幢（租住）",
        ),
        turns=(
            *into_the_file(
                3,
                860,
                "爱人长期透析，每月自费药一千多元；孩子读初二，全家靠一个人的工资。",
                "2026-0148",
            ),
            given(40, ["money"], 2000, "帮扶金已打到本人工会会员卡，电话确认收到。"),
            given(20, ["money", "schooling"], 2600, "帮扶金和孩子的助学金一起送到家里。"),
        ),
    ),
    # Out of hardship; another officer calls back.
    Course(
        days_ago=120,
        answers=household(
            cause="single-parent",
            people=2,
            family=[
                {
                    "name": "陈子轩",
                    "relation": "child",
                    "born": 2019,
                    "standing": "at-school",
                    "income": 0,
                }
            ],
            income_each=720,
            situation="厂里六月停产后我一直没有找到活，一个人带孩子，积蓄快用完了，开学要交的费用还没有着落。",
            address="稠江街道下骆宅村三十号（租住）",
        ),
        turns=(
            *into_the_file(
                2, 720, "单亲带一个上小学的孩子，停产后没有收入，租住一间。", "2026-0203"
            ),
            given(30, ["money", "job"], 1500, "介绍到园区食堂上班，帮扶金已送达。"),
            Turn(6, "improved", "本人已稳定上岗三周，月收入四千二百元，申请脱困。"),
            Turn(
                5,
                "agreed",
                "",
                {"spoken_on": TODAY, "words": "现在有固定工资了，把名额留给更难的人家吧。"},
            ),
            Turn(3, "agreed", "同意退出，三个月内由另一位同志回访。"),
        ),
    ),
)

REQUESTS = (
    # A room, delivered: the union tells how it is used.
    Course(
        days_ago=48,
        answers={
            "kind": "place",
            "place_wanted": "市场东区一间三十平方米左右的房间，能放桌椅、饮水机和书架。",
            "members": 186,
            "last_activity_on": TODAY,
            "dues_paid": True,
            "reason": "会员多是摊位店员和装卸工，午休没有地方坐，开会要借别人的仓库。",
            "use_plan": "白天做歇脚点和书屋，晚上开会、办培训，由三名积极分子轮流管钥匙。",
            "beneficiaries": 420,
        },
        turns=(
            Turn(4, "passed", "实地看过，确实没有活动场所，建议支持。"),
            Turn(
                5,
                "granted",
                "主席办公会研究同意。",
                {"granted_words": "协调市场东区二楼一间三十二平方米房间，配桌椅和饮水机。"},
            ),
            Turn(8, "delivered", "钥匙已交接，设备到位。", {"delivered_on": TODAY}),
        ),
    ),
    # Money, checked: the county decides.
    Course(
        days_ago=3,
        answers={
            "kind": "money",
            "amount": 6000,
            "members": 186,
            "last_activity_on": TODAY,
            "dues_paid": True,
            "reason": "装卸工夏天中暑多，想给每班配防暑药箱和风扇，单位经费已经用完。",
            "use_plan": "买六个药箱、四台风扇，剩下的买饮料，票据公示在群里。",
            "beneficiaries": 240,
        },
        turns=(Turn(1, "passed", "情况属实，预算合理，建议支持六千元。"),),
    ),
)
