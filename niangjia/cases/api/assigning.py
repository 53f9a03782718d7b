"""/desk/case-rules: the rules by which a union's cases find their officers."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from niangjia.cases import selectors, services
from niangjia.cases.models import AssignmentRule
from niangjia.cases.schemas.assigning import (
    AssignmentPlanList,
    AssignmentRuleIn,
    AssignmentRuleList,
    AssignmentRuleOut,
    AssignQueueIn,
    AssignQueueOut,
)
from niangjia.cases.selectors import assigning
from niangjia.cases.selectors.assigning import Office
from niangjia.cases.selectors.surroundings import find_employer
from niangjia.cases.services import RuleContent
from niangjia.core import clock, idempotency, protection
from niangjia.core.errors import Invalid
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union
from niangjia.regions.selectors import find_division

router = Router(tags=["desk"])
DECIDES = Action.DECIDE_CASES


def find_union(request: HttpRequest, number: str) -> tuple[Union, Post]:
    """The union, or the highest of one's own, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, DECIDES)
    union = (
        access_union_within(posts, DECIDES, number) if number else holding(posts, DECIDES)[0].union
    )
    return union, access_acting_post(posts, DECIDES, union.path)


def shape(rule: AssignmentRule) -> dict[str, Any]:
    """As `AssignmentRuleOut`."""
    names = ("name", "position", "language", "urgent_only", "way", "keeps_person")
    return {name: getattr(rule, name) for name in names} | {
        "id": rule.pk,
        "item": rule.item.key if rule.item else "",
        "division": rule.division_id or "",
        "employer": rule.employer.name if rule.employer else "",
        "shares": []
        if rule.everybody
        else [{"account": each.account_id, "weight": each.weight} for each in rule.shares.all()],
    }


def content_of(payload: AssignmentRuleIn, union: Union) -> RuleContent:
    """What was sent, as the service takes it. Raises `Invalid` for what there is not."""
    employer = find_employer(payload.employer, union) if payload.employer.strip() else None
    division = find_division(payload.division) if payload.division else None
    items = {each.item.key: each.item for each in selectors.list_offered(union)}
    problems = {}
    if payload.employer.strip() and employer is None:
        problems["employer"] = _("No employer here has this name or code.")
    if payload.division and division is None:
        problems["division"] = _("There is no such place.")
    if payload.item and payload.item not in items:
        problems["item"] = _("This service is not offered any more.")
    if problems:
        raise Invalid(next(iter(problems.values())), code="bad-rule", fields=problems)
    return RuleContent(
        item=items.get(payload.item),
        division=division,
        employer=employer,
        weights={each.account: each.weight for each in payload.shares},
        **payload.dict(exclude={"union", "item", "division", "employer", "shares"}),
    )


@router.get("", response=AssignmentRuleList, summary="The rules of a union")
def list_assignment_rules(request: HttpRequest, union: str = "") -> dict[str, Any]:
    """In their order; the first that fits is the one."""
    found, _post = find_union(request, union)
    held = assigning.list_rules(account=account_of(request)).filter(union=found)
    return {"items": [shape(rule) for rule in held], "next": None}


@router.get("/plan", response=AssignmentPlanList, summary="What the rules would do")
def plan_assignments(request: HttpRequest, union: str = "") -> dict[str, Any]:
    """With the cases of a union that nobody has yet, the 30 most urgent."""
    found, _post = find_union(request, union)
    account, now = account_of(request), clock.now()
    with protection.viewing(account=account.pk):
        cases = assigning.list_nobodys(found, posts_for(request, DECIDES), account=account)
        office = Office.load(found.pk, assigning.rules_of(found.pk), now)
        planned = assigning.plan(cases, office, now=now)
    return {
        "items": [
            {
                "number": each.case.number,
                "account": each.choice.account_id if each.choice else None,
                "rule": each.choice.rule.name if each.choice else None,
                "why": each.choice.why if each.choice else None,
            }
            for each in planned
        ],
        "next": None,
    }


@router.post("", response={201: AssignmentRuleOut}, summary="Make a rule")
def make_assignment_rule(request: HttpRequest, payload: AssignmentRuleIn) -> Status[dict[str, Any]]:
    """It holds for what comes from now on."""
    union, post = find_union(request, payload.union)
    content = content_of(payload, union)
    rule = services.save_rule(by=post, union=union, content=content, now=clock.now())
    return Status(201, shape(rule))


@router.post("/application", response=AssignQueueOut, summary="Assign what nobody has")
def apply_assignment_rules(request: HttpRequest, payload: AssignQueueIn) -> dict[str, Any]:
    """What one sees of it, the 30 most urgent; again for the next."""
    idempotency.read_anew(request)
    union, post = find_union(request, payload.union)
    return {"assigned": services.assign_queue(by=post, union=union, now=clock.now())}


@router.put("/{key}", response=AssignmentRuleOut, summary="Say anew what a rule says")
def change_assignment_rule(
    request: HttpRequest, key: str, payload: AssignmentRuleIn
) -> dict[str, Any]:
    """Of the same union."""
    rule, post = find_rule(request, key)
    content = content_of(payload, rule.union)
    return shape(
        services.save_rule(by=post, union=rule.union, content=content, rule=rule, now=clock.now())
    )


@router.delete("/{key}", response={204: None}, summary="Remove a rule")
def end_assignment_rule(request: HttpRequest, key: str) -> Status[None]:
    """What it assigned stays as it is."""
    rule, post = find_rule(request, key)
    services.end_rule(by=post, rule=rule, now=clock.now())
    return Status(204, None)


def find_rule(request: HttpRequest, key: str) -> tuple[AssignmentRule, Post]:
    """A rule of a union where one decides, and the post. Raises `NotFound`."""
    posts = posts_for(request, DECIDES)
    rule = assigning.access_rule(key, posts, account=account_of(request))
    return rule, access_acting_post(posts, DECIDES, rule.union.path)
