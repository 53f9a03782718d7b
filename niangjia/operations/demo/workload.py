"""The demonstration's shared work: rules of assignment, a leave, a case of many, cases that belong
together, two unions on one case."""

import datetime as dt
from contextlib import suppress

from niangjia.cases import selectors, services
from niangjia.cases.models import AssignmentRule, Case, State
from niangjia.cases.selectors import owner_of_account, owner_of_receipt
from niangjia.cases.services import Asking, Matter, RuleContent, groups
from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.members.models import Account, Membership, Post
from niangjia.members.selectors import current_posts, demo
from niangjia.members.services.substitutions import name_substitute
from niangjia.operations.demo import Progress, desk
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.cases import known_of
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.models import Union

COLLEAGUES = (
    *("陈海燕", "吴国强", "郑小兰", "黄志明", "徐建军"),
    *("孙丽萍", "马文斌", "朱玉梅", "胡永康", "郭春花"),
)
WORDS = "我们十二个人的加班工资从今年六月起就没有结清，希望工会尽快组织调解。"


def load(*, progress: Progress) -> None:
    """Through the services, once only."""
    if AssignmentRule.objects.exists():
        return
    chair, officer = (post_of(key) for key in ("decides", "cases"))
    if chair is None or officer is None:
        return
    now, county = clock.now(), desk.county_federation()
    parts = (share_out, plan_leave, gather, belong_together)
    for done, part in enumerate(parts, start=1):
        with suppress(DomainError):
            part(chair, officer, county, now)
        progress(done, len(parts))


def post_of(key: str) -> Post | None:
    """The post of one of the demonstration's officers."""
    account = demo.find_account(key)
    return next(iter(current_posts(account)), None) if account else None


def share_out(chair: Post, officer: Post, county: Union, now: dt.datetime) -> None:
    """The county's cases find their officers by two rules."""
    urgent = {chair.account_id: 1}
    shared = {officer.account_id: 3, chair.account_id: 1}
    for position, name, urgent_only, weights in (
        (1, "急件由主席直接办理", True, urgent),
        (2, "其余办件按份额分派", False, shared),
    ):
        services.save_rule(
            by=chair,
            union=county,
            content=RuleContent(
                name=name, position=position, urgent_only=urgent_only, weights=weights
            ),
            now=now,
        )
    services.assign_queue(by=chair, union=county, now=now)


def plan_leave(chair: Post, officer: Post, county: Union, now: dt.datetime) -> None:
    """The case officer is away for a week, next week; the chair stands in."""
    first = now.astimezone(clock.CHINA).date() + dt.timedelta(days=7)
    name_substitute(
        by=officer.account,
        absent=officer.account,
        substitute=chair.account,
        first=first,
        last=first + dt.timedelta(days=6),
        now=now,
    )


def gather(chair: Post, officer: Post, county: Union, now: dt.datetime) -> None:
    """A worker complains about wages, eleven colleagues take part, one of them somebody whom a
    visitor may be, and they choose who speaks."""
    case, account = open_for_many(county, now)
    owner = owner_of_account(account.pk)
    groups.open_own_group(owner=owner, case_id=case.pk, now=now)
    member = demo.find_account("member")
    if member and member.person:
        code = groups.read_part(owner=owner, number=case.number).code
        groups.join_group(
            code=code, account=member, name=member.person.name, phone=member.phone, now=now
        )
    rows = [(name, f"154{n:08d}") for n, name in enumerate(COLLEAGUES, start=70_000_000)]
    post = nearest(chair, case)
    entered = groups.enter_members(by=post, case_id=case.pk, rows=rows, now=now)
    owners = [owner_of_receipt(each.receipt) for each in entered]
    standing = groups.stand(owner=owners[0], case_id=case.pk, now=now)
    for each in [owner, *owners[1:7]]:
        groups.say_voice(
            owner=each,
            case_id=case.pk,
            representative_id=standing.pk,
            agrees=True,
            now=now,
        )
    groups.stand(owner=owners[1], case_id=case.pk, now=now)
    groups.speak_for_group(owner=owners[0], case_id=case.pk, words=WORDS, now=now)


def open_for_many(county: Union, now: dt.datetime) -> tuple[Case, Account]:
    """The case that the others take part in."""
    member = (
        Membership.objects.filter(union__path__startswith=county.path)
        .filter(person__account__isnull=False)
        .select_related("union__division", "person__account")
        .order_by("-number")[:1]
        .get()
    )
    account = member.person.account
    offered = selectors.access_offered("wage-arrears", county)
    day = now.astimezone(clock.CHINA).date()
    answers = answers_to(offered.document.form, Dice("group", 1), day, known=known_of(member))
    employer = services.find_or_note_employer(name="义乌某某针织有限公司", division=county.division)
    opened = services.open_case(
        matter=Matter(
            item_key=offered.item.key,
            union=county,
            answers=answers,
            accused=[employer] if offered.document.kind == "complaint" else [],
            people_count=12,
        ),
        asking=Asking(account=account, person=account.person),
        now=now,
    )
    return opened.case, account


def nearest(chair: Post, case: Case) -> Post:
    """The post by which the county's chair acts on a case."""
    return next(
        post for post in current_posts(chair.account) if post.scope.covers(case.handler_path)
    )


def belong_together(chair: Post, officer: Post, county: Union, now: dt.datetime) -> None:
    """Two open cases of one kind are linked, two more are thought of, and a neighbour helps with
    one."""
    with protection.viewing(account=chair.account_id):
        found = list(
            selectors.visible_cases([chair], account=chair.account)
            .filter(state=State.OPEN, is_complaint=False, handler=county)
            .order_by("-id")[:5]
        )
    if len(found) < 5:
        return
    services.link_cases(
        by=chair, case_id=found[0].pk, other=found[1].number, kind="follows", now=now
    )
    services.propose_link(case_id=found[2].pk, other_id=found[3].pk, found_by="call", now=now)
    below = Union.objects.filter(parent=county, status="active").order_by("number").first()
    if below is not None:
        services.join_unit(by=chair, case_id=found[4].pk, union=below, now=now)
