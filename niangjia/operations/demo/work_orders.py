"""What becomes of the demonstration's calls: settled by counties, called back, checked, closed; one
is urgent, some wait to be given on."""

import datetime as dt
from contextlib import suppress

from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.hotline import services
from niangjia.hotline.models import Category, Line, OnCall, PageWay, State, WorkOrder
from niangjia.hotline.rules.aftercare import CHECKLIST
from niangjia.hotline.services import following, paging
from niangjia.members.models import Post, Reach, Role
from niangjia.members.selectors.demo import DemoAccount
from niangjia.members.services import appoint_post
from niangjia.operations.demo import Progress, accounts
from niangjia.operations.demo.cases import Teller
from niangjia.operations.demo.chance import Dice
from niangjia.operations.demo.hotline import Day, find_agent
from niangjia.operations.demo.hotline_words import EMPLOYERS
from niangjia.organisations.models import Union

#: Colleagues of the demonstration's agent, whom nobody signs in as: they call back and check.
COLLEAGUES = (("hotline-2", "+8615400000031", "孙嘉怡"), ("hotline-3", "+8615400000032", "陶立军"))
#: Their identity numbers come after those of the accounts that are offered.
FIRST = 16
AT_THE_LINE = 10
SAID = (
    "说钱已经到账，很感谢。",
    "说工作人员上门来过两次，事情讲清楚了。",
    "说基本办好了，就是等得久。",
)
UNHAPPY = "说单位只补了一个月，剩下的还拖着。"
WHY = "请属地总工会核实办理，并把结果告诉来电人。"
EVENING, MORNING = dt.time(18), dt.time(8)


def load(*, progress: Progress) -> None:
    """Through the services, as everybody; once only."""
    agent = find_agent()
    line = Line.objects.select_related("union__division").first()
    if agent is None or line is None or OnCall.objects.exists():
        return
    now = clock.now()
    colleagues = [
        make_colleague(line, *each, number=FIRST + n) for n, each in enumerate(COLLEAGUES)
    ]
    set_up(line, [agent, *colleagues], now)
    teller, day = Teller(now), Day(line, agent, now)
    with protection.working("demo.work_orders"):
        orders = list(WorkOrder.objects.select_related("case").order_by("opened_at", "id"))
    for number, order in enumerate(orders, start=1):
        dice = Dice("work-order", number)
        if order.case is None:
            following.note_answered(order_id=order.pk, now=order.opened_at)
        elif dice.happens(0.8):
            teller.move(order.case, dice, order.opened_at)
        finish(order, dice, colleagues, now)
        progress(number, len(orders))
    take_in_more(day, line, now)


def make_colleague(line: Line, key: str, phone: str, name: str, *, number: int) -> Post:
    """An agent of the line."""
    described = DemoAccount(key, phone, name, "12351 热线坐席", "Hotline agent", officer=True)
    return appoint_post(
        by=None,
        account=accounts.open_account(described, number=number),
        union=line.union,
        role=Role.HOTLINE_AGENT,
        reach=Reach.SUBTREE,
        now=clock.now(),
    )


def set_up(line: Line, people: list[Post], now: dt.datetime) -> None:
    """Who is fetched by day and by night, and how much is checked."""
    by = people[0]
    hours = ((MORNING, EVENING), (EVENING, MORNING), (MORNING, MORNING))
    for post, (begin, end) in zip(people, hours, strict=True):
        services.add_on_call(
            by=by,
            line=line,
            account=post.account,
            from_time=begin,
            until_time=end,
            way=PageWay.VOICE,
            now=now,
        )


def finish(order: WorkOrder, dice: Dice, colleagues: list[Post], now: dt.datetime) -> None:
    """Call back and check what is settled; of the last days, some still wait."""
    if order.case_id is not None:
        following.note_settled(case_id=order.case_id, now=now)
    caller, checker = colleagues
    found = as_it_is(order)
    if found.state == State.HANDLED and found.handled_at and dice.happens(0.85):
        at = min(found.handled_at + dt.timedelta(hours=dice.number(4, 30)), now)
        call(found, dice, caller, at)
    found = as_it_is(order)
    if found.state == State.CALLED_BACK and dice.happens(0.7):
        at = min((found.called_back_at or now) + dt.timedelta(hours=dice.number(3, 20)), now)
        with clock.stopped_at(at), suppress(DomainError):
            services.check_order(
                by=checker, order_id=found.pk, answers=dict.fromkeys(CHECKLIST, True), now=at
            )


def call(order: WorkOrder, dice: Dice, caller: Post, at: dt.datetime) -> None:
    """Most are content; a few are not, a few cannot be reached."""
    result = dice.pick(("reached",) * 8 + ("not_reached", "declined"))
    level = dice.pick((5, 5, 5, 5, 4, 4, 4, 3, 3, 2)) if result == "reached" else None
    words = "" if level is None else UNHAPPY if level == 2 else dice.pick(SAID)
    with clock.stopped_at(at), suppress(DomainError):
        services.record_call_back(
            by=caller, order_id=order.pk, result=result, level=level, words=words, now=at
        )


def take_in_more(day: Day, line: Line, now: dt.datetime) -> None:
    """Calls of these hours, all about wages at one employer: taken in at the line itself, half of
    them given to a county since; and one that fetches whoever is on call."""
    counties: list[Union] = day.counties
    complaints = [t for t in day.topics if t.item_key and t.category == Category.COMPLAINT]
    topic = next((t for t in complaints if "欠" in t.name), complaints[0])
    day.counties = [line.union]
    for number in range(AT_THE_LINE):
        dice = Dice("at-the-line", number)
        at = now - dt.timedelta(minutes=dice.number(40, 300))
        with clock.stopped_at(at), suppress(DomainError):
            made = day.ring(f"line-{number}", at)
            taken = services.take_call(by=day.agent, call_id=made.pk, now=at)
            day.open_case(taken, topic, dice, at, employer=EMPLOYERS[1])
    day.counties = counties
    with protection.working("demo.work_orders"):
        waiting = list(
            WorkOrder.objects.filter(line=line, state=State.OPEN, case__handler=line.union)
            .select_related("case")
            .order_by("id")
        )
    for number, order in enumerate(waiting):
        if number % 2:
            services.dispatch_order(
                by=day.agent,
                order_id=order.pk,
                to=counties[number % len(counties)],
                reason=WHY,
                now=now,
            )
    if waiting:
        services.flag_urgent(by=day.agent, order_id=waiting[0].pk, kind="mass", now=now)
        paging.page_next(order_id=waiting[0].pk, now=now)


def as_it_is(order: WorkOrder) -> WorkOrder:
    """The order now."""
    with protection.working("demo.work_orders"):
        return WorkOrder.objects.get(pk=order.pk)
