"""The demonstration's cases: members of one county ask, complain, are helped, and wait."""

import datetime as dt
from contextlib import suppress
from typing import Any

from niangjia.cases import selectors, services
from niangjia.cases.models import Case, State
from niangjia.cases.rules.content import Step
from niangjia.cases.selectors import Offered, document_of, owner_of_account
from niangjia.cases.selectors.hands import workers_on
from niangjia.cases.selectors.places import Beginning, offered_to
from niangjia.cases.services import Asking, Matter
from niangjia.cases.services.sweeping import look_at
from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.members.models import Membership, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.operations.demo import Progress, desk
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.models import Employer, Union

CASES = 120
OLDEST_DAYS = 45
#: What nobody has looked at yet came in lately; the few that were forgotten are older.
FRESH_DAYS = 3
FORGOTTEN = 0.03
WORDS = (
    "已核对材料，并与申请人电话确认，情况属实。",
    "已上门走访，家庭情况与申请一致。",
    "已与社区和所在单位核实，符合条件。",
    "已同用人单位沟通，对方承诺限期整改。",
)


def load(*, progress: Progress) -> None:
    """Open cases over the last weeks and let each go its way, through the services; once only."""
    with protection.working("demo.cases"):
        if Case.objects.exists():
            return
    teller = Teller(clock.now())
    if not teller.members or not teller.offered_at(teller.members[0].union):
        return
    for number in range(CASES):
        with suppress(DomainError):
            teller.tell(number)
        progress(number + 1, CASES)
    while services.sweep(now=teller.now):
        pass


class Teller:
    """Knows the people of one county, and what their unions offer."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        county = desk.county_federation()
        self.members = list(
            Membership.objects.filter(
                union__path__startswith=county.path, person__account__isnull=False
            )
            .select_related("union__division", "person__account")
            .order_by("number")
        )
        self.posts = list(
            Post.objects.filter(ended_at=None).select_related("union", "account").order_by("id")
        )
        self.offered: dict[str, list[Offered]] = {}

    def tell(self, number: int) -> None:
        """One case, from its first word to as far as it has come."""
        dice = Dice("case", number)
        member = dice.pick(self.members)
        offered = dice.pick(self.offered_at(member.union))
        is_new = dice.happens(0.2)
        oldest = FRESH_DAYS if is_new else OLDEST_DAYS
        at = self.now - dt.timedelta(days=dice.number(0, oldest), minutes=dice.number(1, 600))
        with clock.stopped_at(at):
            case = self.open(member, offered.document.key, dice, at)
        if not is_new:
            self.move(case, dice, at)

    def offered_at(self, union: Union) -> list[Offered]:
        """What is offered at a union, asked once."""
        if union.path not in self.offered:
            self.offered[union.path] = selectors.list_offered(union)
        return self.offered[union.path]

    def open(self, member: Membership, key: str, dice: Dice, at: dt.datetime) -> Case:
        """The member asks, where the form would send it; of some complaints nobody knows who made
        them, and those go to the union of the place they chose."""
        beginning, offered = offered_to_member(member, key)
        unknown = offered.document.anonymous and dice.happens(0.3)
        if unknown:
            beginning, offered = offered_to(key, account=None, place=member.union.division)
        account = None if unknown else member.person.account
        document = offered.document
        is_complaint = document.kind == "complaint"
        known = {} if unknown else known_of(member)
        return services.open_case(
            matter=Matter(
                item_key=key,
                union=beginning.union,
                answers=answers_to(document.form, dice, timing_day(at), known=known),
                accused=[self.employer_of(member)] if is_complaint else [],
                is_urgent=is_complaint and dice.happens(0.1),
            ),
            asking=Asking(
                account=account,
                person=account.person if account else None,
                name=account.person.name if account and account.person else "",
                phone=account.phone if account else "",
                is_anonymous=unknown,
            ),
            now=at,
        ).case

    def employer_of(self, member: Membership) -> Employer:
        """Whom the member works for, as far as somebody knows."""
        known = member.union.employers.order_by("id").first()
        return known or services.find_or_note_employer(
            name=member.employer_name or "义乌某某供应链有限公司", division=member.union.division
        )

    def move(self, case: Case, dice: Dice, at: dt.datetime) -> None:
        """Step after step, until it is finished or today has come; some officers are slow."""
        for _ in range(12):
            case = self.now_of(case)
            step = document_of(case.snapshot_id).step(case.step)
            if case.state != State.OPEN or step is None:
                return
            at += dt.timedelta(hours=dice.number(4, 60))
            silent = any(outcome.on_silence for outcome in step.outcomes) and step.by != "applicant"
            if silent:
                at = max(at, case.next_due_at + dt.timedelta(minutes=1))
            if at > self.now or dice.happens(FORGOTTEN):
                return
            with clock.stopped_at(at), suppress(DomainError):
                if silent:
                    while self.now_of(case).step == step.key and look_at(case.pk, now=at):
                        pass
                else:
                    self.take(case, step, dice, at)

    def take(self, case: Case, step: Step, dice: Dice, at: dt.datetime) -> None:
        """End one step, mostly well."""
        well = [o for o in step.choices if not o.needs_reason]
        outcome = dice.pick(well[:1] if well and dice.happens(0.85) else step.choices)
        arguments: dict[str, Any] = {
            "case_id": case.pk,
            "step": step.key,
            "outcome": outcome.key,
            "words": dice.pick(WORDS) if outcome.needs_reason or dice.happens(0.6) else "",
            "answers": answers_to(step.form, dice, timing_day(at)) if step.form else None,
            "now": at,
        }
        if step.by == "applicant":
            if case.applicant_id:
                services.answer_step(owner=owner_of_account(case.applicant_id), **arguments)
            return
        if (post := self.post_for(case, step)) is not None:
            services.take_step(by=post, **arguments)

    def post_for(self, case: Case, step: Step) -> Post | None:
        """Somebody whose turn a step may be."""
        action = Action.DECIDE_CASES if step.decides else Action.HANDLE_CASES
        with protection.working("demo.cases"):
            worked = workers_on(case, step)
        fitting = (
            post
            for post in self.posts
            if permissions.may(post.role, action)
            and post.scope.covers(case.handler_path)
            and post.account_id not in (case.applicant_id, *worked)
        )
        return next(fitting, None)

    def now_of(self, case: Case) -> Case:
        """The case as it is now."""
        with protection.working("demo.cases"):
            return Case.objects.select_related("handler").get(pk=case.pk)


def offered_to_member(member: Membership, key: str) -> tuple[Beginning, Offered]:
    """Where the member's form for an item begins, and the item as it holds there."""
    return offered_to(key, account=member.person.account, place=None)


def known_of(member: Membership) -> dict[str, str]:
    """What a form that asks for it is filled in with."""
    account = member.person.account
    return {
        "person.name": member.person.name,
        "phone": account.phone.removeprefix("+86"),
        "union.name": member.union.name,
        "employer": member.employer_name,
    }


def timing_day(at: dt.datetime) -> dt.date:
    """The day it was in China."""
    return at.astimezone(clock.CHINA).date()
