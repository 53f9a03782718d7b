"""Members, and applications in every state there is, told from the last two months."""

import datetime as dt
from dataclasses import dataclass

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import (
    Account,
    Application,
    ApplicationStatus,
    Membership,
    Post,
    Purpose,
)
from niangjia.members.rules.applications import Answers
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress, desk
from niangjia.operations.demo import people_words as words
from niangjia.operations.demo.chance import Dice
from niangjia.operations.demo.members import MEMBERS, load_members, make_person
from niangjia.organisations.models import Kind, Origin, Union

#: Where the demonstration's officers are; their province's chair decides what they leave.
COUNTIES = ("330782", "330110")


@dataclass(frozen=True)
class Tale:
    """How many applications go one way: submitted so many days ago, then `ending` after so many
    hours; without an ending they wait, and climb when they are late."""

    count: int
    days_ago: tuple[int, int]
    ending: str = ""
    hours: tuple[int, int] = (2, 60)
    union_of_chair: bool = False


TALES = (
    Tale(90, (8, 60), "admitted"),
    Tale(14, (8, 60), "refused"),
    Tale(8, (8, 60), "withdrawn"),
    Tale(4, (38, 45)),
    Tale(6, (14, 18)),
    Tale(10, (6, 9)),
    Tale(36, (0, 2)),
    Tale(12, (0, 2), union_of_chair=True),
)


def load(*, progress: Progress) -> None:
    """Members first, then what was applied for since; once only."""
    now = clock.now()
    if Membership.objects.exists():
        return
    total = MEMBERS + sum(tale.count for tale in TALES)
    load_members(now=now, progress=lambda done, _total: progress(done, total))
    teller = Teller(now)
    for done, (tale, serial) in enumerate(teller.plan(), start=1):
        teller.tell(tale, serial)
        progress(MEMBERS + done, total)
    climb(now)
    welcome_demo_member(now)


class Teller:
    """Makes applicants and lets each go their way, through the services, at its own time."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.joint = [
            union
            for union in Union.objects.filter(origin=Origin.DEMO, kind=Kind.JOINT).order_by(
                "number"
            )
            if union.division_id[:6] in COUNTIES
        ]
        self.chairs = desk.find_union(desk.PLACES["chair"])
        chair = demo.find_account("province")
        self.decider = Post.objects.get(account=chair, ended_at=None)

    def plan(self) -> list[tuple[Tale, int]]:
        """Every application to tell, the oldest tales first."""
        tales = [tale for tale in TALES for _ in range(tale.count)]
        return [(tale, MEMBERS + number) for number, tale in enumerate(tales)]

    def tell(self, tale: Tale, serial: int) -> Application:
        """One application, from its submission to its end."""
        dice = Dice("application", serial)
        ago = dt.timedelta(days=dice.number(*tale.days_ago), minutes=dice.number(5, 300))
        submitted_at = self.now - ago
        union = self.chairs if tale.union_of_chair else dice.pick(self.joint)
        application = self.submit(serial, union, dice, submitted_at)
        if tale.ending:
            at = min(submitted_at + dt.timedelta(hours=dice.number(*tale.hours)), self.now)
            self.end(application, tale.ending, dice, at)
        return application

    def submit(self, serial: int, union: Union, dice: Dice, at: dt.datetime) -> Application:
        kind = union.admits_directly[0] if union.admits_directly else ""
        with clock.stopped_at(at):
            account = open_account(serial, at)
            return services.submit_application(
                account=account,
                union=union,
                answers=Answers(
                    worker_kind=kind,
                    employment_status="flexible" if kind else "employed",
                    employer_name=dice.pick(words.PLATFORMS) if kind else union.name[:-2],
                    job=dice.pick(words.JOBS[kind]),
                    statement=dice.pick(words.STATEMENTS),
                ),
                now=at,
            )

    def end(self, application: Application, ending: str, dice: Dice, at: dt.datetime) -> None:
        with clock.stopped_at(at):
            if ending == "withdrawn":
                services.withdraw_application(
                    account=application.account, application=application, now=at
                )
                return
            reasons = words.REFUSALS if ending == "refused" else words.WELCOMES
            services.decide_application(
                by=self.decider,
                application=application,
                verdict=ending,
                reason=dice.pick(reasons),
                now=at,
            )


def open_account(serial: int, at: dt.datetime) -> Account:
    """The account of a made-up person, with the consent that joining needs."""
    person = make_person(serial, at)
    person.save()
    account = services.create_account(phone=f"+86154001{serial:05d}", now=at)
    account.person = person
    account.save(update_fields=["person"])
    services.give_consent(account=account, purpose=Purpose.MEMBERSHIP, now=at)
    return account


def climb(now: dt.datetime) -> None:
    """What is late has climbed at the time it became late, as a node that never slept would."""
    waiting = Application.objects.filter(status=ApplicationStatus.SUBMITTED)
    while (due := waiting.filter(due_at__lt=now).order_by("due_at").first()) and due.due_at:
        moment = due.due_at + dt.timedelta(minutes=4)
        with clock.stopped_at(moment):
            if not services.escalate_late_applications(now=moment):
                waiting = waiting.exclude(pk=due.pk)


def welcome_demo_member(now: dt.datetime) -> None:
    """The demonstration's member joined a company's union long ago and moved to the couriers'."""
    account = demo.find_account("member")
    if account is None or account.person is None:
        return
    first = desk.find_union(desk.PLACES["chair"])
    couriers = Union.objects.filter(name="义乌市快递行业联合工会").first() or first
    at = now - dt.timedelta(days=900)
    with clock.stopped_at(at):
        services.place_member(
            person=account.person,
            union=first,
            employer_name=first.name.removesuffix("工会"),
            job="仓管员",
            by_account_id=None,
            now=at,
        )
    at = now - dt.timedelta(days=200)
    teller = Teller(now)
    with clock.stopped_at(at):
        application = services.submit_application(
            account=account,
            union=couriers,
            answers=Answers(worker_kind="courier", employer_name="某快递公司", job="快递员"),
            now=at,
        )
    teller.end(application, "admitted", Dice("demo member"), at + dt.timedelta(hours=20))
