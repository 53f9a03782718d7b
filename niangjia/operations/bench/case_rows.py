"""A million running cases, written as the services would have written them."""

import datetime as dt
import json
import math
import uuid
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from psycopg.types.json import Jsonb

from niangjia.cases.models import ItemSnapshot, Way
from niangjia.cases.models.cases import no_mark
from niangjia.cases.rules import clocks, numbering, search_terms
from niangjia.cases.selectors import list_offered, owner_of_account, person_digest
from niangjia.cases.selectors.owners import owner_of_receipt
from niangjia.cases.selectors.search_terms import digests, made_under
from niangjia.cases.services import catalogue, timeline, timing
from niangjia.core import clock, crypto
from niangjia.core.working_calendar.deadlines import load as load_calendar
from niangjia.operations.bench import province, scale
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.models import Kind, Union

CASES = 1_000_000
#: Some cases have waited for years: files that are looked at again and again.
OLDEST_DAYS = 3 * 365
TEXTS = 4_000
#: Of a hundred cases: what they ask for.
ITEMS = (
    *["hardship-aid"] * 26,
    *["serious-illness-aid"] * 10,
    *["schooling-aid"] * 10,
    *["wage-arrears"] * 22,
    *["rights-complaint"] * 12,
    *["legal-consultation"] * 12,
    *["suggestion"] * 8,
)
WHERE = (
    *("工地", "车间", "仓库", "站点", "食堂", "宿舍"),
    *("门店", "工厂", "码头", "办公室", "生产线", "医院"),
    *("学校", "小区"),
)
WHO = (
    *("包工头", "班组长", "老板", "车间主任", "人事", "站长"),
    *("项目经理", "中介", "同事", "家属", "调度员"),
)
WHAT = (
    *("拖欠工资", "克扣奖金", "强迫加班", "不签合同", "扣押身份证", "不缴社保"),
    *("拒付工伤费", "随意罚款", "无故辞退", "没有热水", "没有遮阳", "孩子上学要交学费"),
    *("爱人查出慢性病", "母亲住院动了手术", "房租交不上", "被狗咬伤", "中暑晕倒", "产假工资没发"),
    *("调岗降薪", "安全帽不合格"),
)
WAYS = [str(way) for way in Way]
LONG_AGO = (*("上个月", "今年三月", "去年年底", "国庆以前", "六月以来", "一直"),)


@dataclass(frozen=True)
class Said:
    """One of the texts that cases have, with what it is found by."""

    answers: dict[str, object]
    words: list[int]


@dataclass(frozen=True)
class Made:
    """One case as its row, what was said, and the name that was left."""

    row: dict[str, Any]
    said: Said
    name: str

    def entry(self) -> dict[str, Any]:
        """How its timeline begins."""
        facts = {"way": self.row["way"], "due_at": self.row["due_at"].isoformat()}
        return {
            "id": self.row["id"],
            "case_id": self.row["id"],
            "number": 1,
            "kind": "opened",
            "at": self.row["opened_at"],
            "account_id": self.row["applicant_id"],
            "union_id": self.row["handler_id"],
            "step": self.row["step"],
            "facts": Jsonb(facts),
            "is_public": True,
        }

    def shared_with_above(self) -> dict[str, Any]:
        """The part in it of the union that was called when its term ran out."""
        since = self.row["opened_at"]
        union = self.row["raised_to_id"]
        return {"id": self.row["id"], "case_id": self.row["id"], "union_id": union, "since": since}

    def words(self, under: int) -> tuple[uuid.UUID, list[int], int]:
        """What it is found by."""
        named = [search_terms.named("name", self.name)] if self.name else []
        return self.row["id"], self.said.words + digests(named, under), under


class Writer:
    """Makes the cases one after the other, the oldest first."""

    def __init__(self, count: int, texts: int = TEXTS) -> None:
        self.count, self.texts = count, texts
        self.now = clock.now()
        self.today = timing.day_of(self.now)
        self.dice = Dice("cases")
        root = Union.objects.get(depth=0)
        offered = {each.item.key: each for each in list_offered(root)}
        self.items = {key: offered[key] for key in set(ITEMS)}
        self.snapshots: dict[str, ItemSnapshot] = {
            key: catalogue.snapshot_of(each) for key, each in self.items.items()
        }
        self.unions = list(Union.objects.filter(depth__gt=0).select_related("division"))
        self.weights = list(accumulate(weight(u, place) for place, u in enumerate(self.unions)))
        self.by_path = {union.path: union for union in self.unions}
        self.officers = dict(zip((u.pk for u in province.handling()), range(9_999), strict=False))
        self.calendar = load_calendar(
            self.today - dt.timedelta(days=90), self.today + dt.timedelta(days=800), "33"
        )
        self.dues: dict[dt.date, tuple[dt.datetime, dt.datetime]] = {}

    @cached_property
    def said(self) -> dict[str, list[Said]]:
        """Texts for each item, made once."""
        found: dict[str, list[Said]] = {}
        for key, offered in self.items.items():
            form = offered.document.form
            for number in range(self.texts // len(self.items)):
                answers = answers_to(form, Dice(key, number), self.today)
                for name in ("matter", "reason", "story", "question", "proposal"):
                    if name in answers:
                        answers[name] = self.story()
                terms = search_terms.terms_of_answers(form, answers)
                found.setdefault(key, []).append(Said(answers, digests(terms, made_under())))
        return found

    def story(self) -> str:
        """A few sentences that few others say."""
        pick = self.dice.pick
        return "".join(
            f"{pick(LONG_AGO)}在{scale.pair(scale.BRANDS, self.dice.number(0, 98))}{pick(WHERE)}，"
            f"{pick(WHO)}{pick(WHAT)}，{pick(WHO)}说{self.dice.number(2, 89)}天内解决，"
            for _sentence in range(3)
        )

    def due_of(self, due_from: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """When a term of 15 working days from a day ends, and when its officers are reminded."""
        if due_from not in self.dues:
            at = clocks.Count(due_from, 15).at(self.calendar)
            self.dues[due_from] = at, clocks.reminder_at(at, self.calendar)
        return self.dues[due_from]

    def cases(self, numbers: range) -> Iterator[Made]:
        """Some of the cases, by their numbers; chance falls the same way whoever writes them."""
        self.dice = Dice("cases", numbers.start)
        for number in numbers:
            place = bisect(self.weights, self.dice.share() * self.weights[-1])
            yield self.case(number, self.unions[min(place, len(self.unions) - 1)])

    def case(self, number: int, handler: Union) -> Made:
        dice = self.dice
        key = dice.pick(ITEMS)
        item = self.items[key]
        is_complaint = item.document.kind == "complaint"
        opened = self.now - dt.timedelta(days=OLDEST_DAYS * (1 - (number + 1) / self.count))
        case_id = uuid7(opened, number)
        worker = dice.number(0, province.WORKERS - 1)
        is_unknown = is_complaint and dice.happens(0.3)
        account, person = province.numbered(4, worker), province.numbered(3, worker)
        said = dice.pick(self.said[key])
        name = "" if is_unknown else province.name_of(worker)
        record_key, sealed_key = crypto.new_key(timeline.context_of(case_id))
        told = {
            "answers": said.answers,
            "account": None if is_unknown else str(account),
            "person": None if is_unknown else str(person),
            "name": name,
            "phone": "" if is_unknown else province.phone_of(worker),
        }
        due_from = self.today - dt.timedelta(days=dice.number(0, 13))
        due_at, clock_at = self.due_of(due_from)
        step = item.document.steps[0]
        is_raised = dice.happens(0.04) and handler.depth > 1
        above = self.by_path[handler.path[:-14]] if is_raised else None
        row = {
            "id": case_id,
            "number": numbering.case_number(),
            "item_id": item.item.pk,
            "snapshot_id": self.snapshots[key].pk,
            "way": dice.pick(WAYS),
            "is_complaint": is_complaint,
            "is_urgent": dice.happens(0.02),
            "is_anonymous": is_unknown,
            "applicant_id": None if is_complaint else account,
            "person_id": None if is_complaint else person,
            "owner_digest": owner_of_receipt(str(case_id))
            if is_unknown
            else owner_of_account(account),
            "person_digest": None if is_unknown else person_digest(person),
            "sealed_key": sealed_key,
            "answers": record_key.seal(json.dumps(told, ensure_ascii=False), part="answers"),
            "mark": no_mark(),
            "division_id": handler.division_id,
            "began_at_id": handler.pk,
            "handler_id": handler.pk,
            "handler_path": handler.path,
            "raised_to_id": above.pk if above else None,
            "sharing_paths": [above.path] if above else [],
            "late_at": self.now if above else None,
            "breaches": int(is_raised),
            "assigned_to_id": (
                province.numbered(1, self.officers[handler.pk]) if dice.happens(0.6) else None
            ),
            "accused_ids": [province.numbered(5, dice.number(0, province.EMPLOYERS - 1))]
            if is_complaint
            else [],
            "opened_at": opened,
            "changed_at": opened,
            "due_from": due_from,
            "due_days": 15,
            "due_unit": clocks.WORKING,
            "due_at": due_at,
            "next_due_at": due_at,
            "clock_at": clock_at,
            "step": step.key,
            "step_from": due_from,
            "step_days": None,
            "step_unit": "",
            "state": "open",
        }
        return Made(row, said, name)


def weight(union: Union, place: int) -> float:
    """How many cases a union has beside the others: a few have very many."""
    if union.kind == Kind.GRASSROOTS:
        return 1.0 / math.sqrt(1 + place % 97)
    return 0.6 * float(4 ** (4 - min(union.depth, 4)))


def uuid7(moment: dt.datetime, number: int) -> uuid.UUID:
    """The id that the database would have given at that moment."""
    milliseconds = int(moment.timestamp() * 1000)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | number)
