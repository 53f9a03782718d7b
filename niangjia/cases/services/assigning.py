"""Cases find their officers by their union's rules. Whoever assigns by hand has the last word."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import (
    AssignmentRule,
    AssignmentShare,
    AssignmentWay,
    Case,
    EntryKind,
    ServiceItem,
    State,
)
from niangjia.cases.selectors.assigning import Office, list_nobodys, list_staff, rules_of
from niangjia.cases.services import locking, telling, timeline
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Invalid, NotFound, Text
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.posts import holding
from niangjia.organisations.models import Employer, Union
from niangjia.regions.models import Division

#: The largest share of one officer.
MOST_WEIGHT = 9
MOST_RULES = 30


@dataclass(frozen=True)
class RuleContent:
    """What a rule says. `weights` by account for those who take part; empty for everybody alike."""

    name: str
    item: ServiceItem | None = None
    division: Division | None = None
    employer: Employer | None = None
    language: str = ""
    urgent_only: bool = False
    way: str = AssignmentWay.LEAST
    keeps_person: bool = True
    position: int = 1
    weights: Mapping[uuid.UUID, int] = field(default_factory=dict)


def assign_by_rule(
    case: Case, *, now: dt.datetime, held: Sequence[AssignmentRule] | None = None
) -> bool:
    """Give a locked case that is nobody's to an officer of the union that has it now, as its rules
    say; says whether one was found. The timeline says by which rule and why. As background work,
    when a case is opened and when another union gets it. One query where there are no rules, none
    where `held` says so.

    A decoy is given away like any other: in a union with rules one that stayed nobody's would be
    known for what it is.
    """
    if case.assigned_to_id is not None or case.state not in (State.OPEN, State.PAUSED):
        return False
    held = rules_of(case.handler_id) if held is None else held
    to = give(case, Office.load(case.handler_id, held, now), now=now) if held else None
    if to is not None:
        telling.tell_assigned(case, to, now=now)
    return to is not None


def give(case: Case, office: Office, *, now: dt.datetime) -> uuid.UUID | None:
    """Give a locked case away by the rules of `office`; says to whom."""
    choice = office.choose(case)
    if choice is None:
        return None
    share = office.give(choice, now)
    AssignmentShare.objects.update_or_create(
        rule_id=share.rule_id,
        account_id=share.account_id,
        defaults={"last_at": now},
        create_defaults={"last_at": now, "weight": share.weight},
    )
    case.assigned_to_id = choice.account_id
    Case.objects.filter(pk=case.pk).update(assigned_to=choice.account_id)
    timeline.write_entry(
        case,
        EntryKind.ASSIGNED,
        now=now,
        union=case.handler,
        facts={"to": str(choice.account_id), "rule": choice.rule.name, "why": choice.why},
    )
    return choice.account_id


@transactions.atomic
def assign_queue(*, by: Post, union: Union, now: dt.datetime) -> int:
    """Give what is nobody's yet at a union to its officers, as the rules say; says how many, and
    tells each of them once. Only cases that `by` sees. Whoever assigned one by hand
    meanwhile was faster, and right."""
    post = access_right(by, union)
    with protection.viewing(account=by.account_id):
        seen = list_nobodys(union, current_posts(post.account), account=post.account)
    given: Counter[uuid.UUID] = Counter()
    with protection.working("cases.assign"):
        office = Office.load(union.pk, rules_of(union.pk), now)
        held = Case.objects.filter(
            pk__in=[case.pk for case in seen], handler=union, assigned_to__isnull=True
        ).select_for_update(of=("self",), skip_locked=True)
        for case in held.select_related(*locking.RELATED).order_by("next_due_at", "id"):
            if to := give(case, office, now=now):
                given[to] += 1
    told = {to: count for to, count in given.items() if to != by.account_id}
    telling.tell_assigned_many(told, union, now=now)
    return given.total()


@transactions.atomic
def save_rule(
    *,
    by: Post,
    union: Union,
    content: RuleContent,
    rule: AssignmentRule | None = None,
    now: dt.datetime,
) -> AssignmentRule:
    """Make a rule of a union, or say anew what one says. It holds for what comes from now on.

    Raises `NotFound` without the right to decide cases there, `Invalid` on `name`, `weights`.
    """
    access_right(by, union)
    Union.objects.select_for_update(no_key=True).get(pk=union.pk)
    check_content(union, content)
    if rule is None:
        if len(rules_of(union.pk)) >= MOST_RULES:
            raise refusal("name", _("A union has at most 30 rules. Remove one first."))
        rule = AssignmentRule(union=union)
    else:
        rule = AssignmentRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    for name in ("item", "division", "employer", "language", "urgent_only", "way"):
        setattr(rule, name, getattr(content, name))
    rule.name, rule.position = content.name.strip(), content.position
    rule.keeps_person, rule.everybody = content.keeps_person, not content.weights
    rule.changed_at, rule.changed_by_account_id = now, by.account_id
    rule.save()
    share_out(rule, content.weights)
    audit.record(
        action="assignment-rule.saved",
        by=by.account_id,
        subject=f"rule:{rule.pk}",
        union_id=union.pk,
    )
    return rule


@transactions.atomic
def end_rule(*, by: Post, rule: AssignmentRule, now: dt.datetime) -> None:
    """A rule holds no longer; what it assigned stays. Twice is once."""
    access_right(by, rule.union)
    if AssignmentRule.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=now):
        audit.record(
            action="assignment-rule.ended",
            by=by.account_id,
            subject=f"rule:{rule.pk}",
            union_id=rule.union_id,
        )


def share_out(rule: AssignmentRule, weights: Mapping[uuid.UUID, int]) -> None:
    """Write the shares; whoever has one keeps the moment they were last given something."""
    AssignmentShare.objects.filter(rule=rule).exclude(account__in=weights).delete()
    for account_id, weight in weights.items():
        AssignmentShare.objects.update_or_create(
            rule=rule, account_id=account_id, defaults={"weight": weight}
        )


def check_content(union: Union, content: RuleContent) -> None:
    """Raise `Invalid` on what a rule cannot say."""
    if not 1 <= len(content.name.strip()) <= 60:
        raise refusal("name", _("Give the rule a name, in at most 60 characters."))
    if any(not 1 <= weight <= MOST_WEIGHT for weight in content.weights.values()):
        raise refusal("weights", _("A share is a number from 1 to 9."))
    if set(content.weights) - set(list_staff(union.pk)):
        raise refusal("weights", _("Choose officers who handle cases at this union."))


def access_right(by: Post, union: Union) -> Post:
    """The post of `by` as it is now, which decides cases at `union`. Raises `NotFound`."""
    for post in holding(current_posts(by.account), Action.DECIDE_CASES):
        if post.pk == by.pk and post.scope.covers(union.path):
            return post
    raise NotFound(_("There is no such page"))


def refusal(name: str, problem: Text) -> Invalid:
    return Invalid(problem, code=f"bad-{name}", fields={name: problem})
