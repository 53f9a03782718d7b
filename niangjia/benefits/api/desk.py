"""/desk/benefits: budgets, benefits, merchants, statements, signals; by the pages' services."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.allocation.models import Mode
from niangjia.allocation.services import PoolDraft
from niangjia.benefits import services
from niangjia.benefits.api.portal import benefit_shown, coupon_shown
from niangjia.benefits.models import (
    Budget,
    Judgement,
    RedemptionSignal,
)
from niangjia.benefits.schemas.giving import (
    BenefitIn,
    BudgetAmountIn,
    BudgetIn,
    BudgetList,
    BudgetOut,
    CallOffIn,
    ClosesIn,
    MoreIn,
    NewBenefitIn,
)
from niangjia.benefits.schemas.portal import BenefitList, BenefitOut, CouponOut
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.schemas.signals import (
    RedemptionJudgementIn,
    RedemptionSignalList,
    RedemptionSignalOut,
)
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.selectors import merchants as merchant_selectors
from niangjia.benefits.selectors import signals as signal_selectors
from niangjia.benefits.services import BenefitDraft
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union

router = Router(tags=["benefits"])
GIVE = Action.GIVE_BENEFITS


def acting(request: HttpRequest, union: Union) -> Post:
    """The post with which one acts at `union`. Raises `NotFound`."""
    return access_acting_post(posts_for(request, GIVE), GIVE, union.path)


def union_of(request: HttpRequest, number: str) -> Union:
    """A union within reach. Raises `NotFound`."""
    return access_union_within(posts_for(request, GIVE), GIVE, number)


def budget_shown(budget: Budget) -> dict[str, Any]:
    """A budget as `BudgetOut`."""
    return {
        "id": budget.pk,
        "union": named(budget.union),
        "name": budget.name,
        "year": budget.year,
        "amount_fen": budget.amount,
        "committed_fen": budget.committed,
    }


@router.get("/budgets", response=BudgetList, summary="Budgets within reach")
def list_budgets(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The newest year first."""
    found = selectors.list_budgets_within(posts_for(request, GIVE))
    page = page_of(found, order=("-year", "id"), cursor=cursor)
    return {"items": list(map(budget_shown, page.items)), "next": page.next}


@router.post("/budgets", response={201: BudgetOut}, summary="Enter a budget")
def open_budget(request: HttpRequest, payload: BudgetIn) -> Status[dict[str, Any]]:
    """One of a name in a year."""
    union = union_of(request, payload.union)
    made = services.open_budget(
        by=acting(request, union),
        union=union,
        now=clock.now(),
        **payload.dict(exclude={"union"}),
    )
    return Status(201, budget_shown(made))


@router.patch("/budgets/{budget_id}", response=BudgetOut, summary="Change a budget")
def change_budget(request: HttpRequest, budget_id: str, payload: BudgetAmountIn) -> dict[str, Any]:
    """Never below what is committed."""
    found = selectors.access_budget_within(posts_for(request, GIVE), budget_id)
    services.change_budget(
        by=acting(request, found.union),
        budget=found,
        amount_fen=payload.amount_fen,
        now=clock.now(),
    )
    return budget_shown(selectors.access_budget_within(posts_for(request, GIVE), budget_id))


@router.get("/all", response=BenefitList, summary="Benefits within reach, drafts too")
def list_benefits_within(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The newest first."""
    found = selectors.list_benefits_within(posts_for(request, GIVE))
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": list(map(benefit_shown, page.items)), "next": page.next}


def draft_of(request: HttpRequest, union: Union, payload: BenefitIn) -> BenefitDraft:
    """A draft as the services take it. Raises `Invalid` on `merchants`, `NotFound`."""
    offered = {each.number: each for each in merchant_selectors.list_merchants_for(union)}
    if unknown := set(payload.merchants) - set(offered):
        words = _("No merchant of this union or of one above it has the number %(numbers)s.") % {
            "numbers": ", ".join(sorted(unknown))
        }
        raise Invalid(words, fields={"merchants": words})
    terms = ("opens_at", "closes_at", "mode", "per_person", "needs_real_name", "member_days")
    more = ("has_waiting_list", "confirm_minutes", "age_min", "age_max")
    given = payload.dict(include={*terms, *more})
    below = union_of(request, payload.reach) if payload.reach else None
    return BenefitDraft(
        **payload.dict(
            include={
                *("kind", "name", "words", "supply", "face_fen", "min_bill_fen", "is_partial"),
                "is_piece",
                *("valid_from", "valid_until", "valid_days"),
            }
        ),
        budget=selectors.access_budget_within(posts_for(request, GIVE), str(payload.budget_id)),
        terms=PoolDraft(
            name=payload.name,
            reach=below or (union if payload.only_members else None),
            gather_seconds=payload.gather_seconds if payload.mode == Mode.FIRST_COME else 0,
            kinds=tuple(payload.kinds),
            offers_until=payload.valid_until,
            **given,
        ),
        merchants=[offered[number] for number in payload.merchants],
    )


@router.post("", response={201: BenefitOut}, summary="Draft a benefit")
def draft_benefit(request: HttpRequest, payload: NewBenefitIn) -> Status[dict[str, Any]]:
    """Seen by the union's officers alone until it is published."""
    union = union_of(request, payload.union)
    made = services.draft_benefit(
        by=acting(request, union),
        union=union,
        draft=draft_of(request, union, payload),
        now=clock.now(),
    )
    return Status(201, benefit_shown(made))


@router.put("/all/{number}", response=BenefitOut, summary="Change a draft")
def change_draft(request: HttpRequest, number: str, payload: BenefitIn) -> dict[str, Any]:
    """409 once it is published."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    changed = services.change_draft(
        by=acting(request, found.union),
        benefit=found,
        draft=draft_of(request, found.union, payload),
        now=clock.now(),
    )
    return benefit_shown(changed)


@router.post("/all/{number}/publication", response=BenefitOut, summary="Publish a benefit")
def publish_benefit(request: HttpRequest, number: str) -> dict[str, Any]:
    """Its cost is set aside and its pool is there."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    services.publish_benefit(by=acting(request, found.union), benefit=found, now=clock.now())
    return benefit_shown(selectors.access_benefit_within(posts_for(request, GIVE), number))


@router.post("/all/{number}/supply", response=BenefitOut, summary="Add to a benefit")
def add_to_benefit(request: HttpRequest, number: str, payload: MoreIn) -> dict[str, Any]:
    """From the same budget."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    services.add_to_benefit(
        by=acting(request, found.union), benefit=found, count=payload.count, now=clock.now()
    )
    return benefit_shown(selectors.access_benefit_within(posts_for(request, GIVE), number))


@router.post("/all/{number}/closing", response=BenefitOut, summary="Close a benefit early")
def close_benefit(request: HttpRequest, number: str) -> dict[str, Any]:
    """Nobody can have it from now on; whoever has one keeps it."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    services.close_sign_up(by=acting(request, found.union), benefit=found, now=clock.now())
    return benefit_shown(selectors.access_benefit_within(posts_for(request, GIVE), number))


@router.put("/all/{number}/closing", response=BenefitOut, summary="Let it be had longer")
def move_benefit_closing(request: HttpRequest, number: str, payload: ClosesIn) -> dict[str, Any]:
    """Until another moment, a later one once it has opened."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    services.move_closing(
        by=acting(request, found.union),
        benefit=found,
        closes_at=payload.closes_at,
        now=clock.now(),
    )
    return benefit_shown(selectors.access_benefit_within(posts_for(request, GIVE), number))


@router.post("/all/{number}/cancellation", response=BenefitOut, summary="Call a benefit off")
def cancel_benefit(request: HttpRequest, number: str, payload: CallOffIn) -> dict[str, Any]:
    """Its coupons are blocked and their holders told, some at a time."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    services.cancel_benefit(
        by=acting(request, found.union), benefit=found, reason=payload.reason, now=clock.now()
    )
    return benefit_shown(selectors.access_benefit_within(posts_for(request, GIVE), number))


@router.get("/coupons/{number}", response=CouponOut, summary="A coupon, not whose it is")
def show_coupon_within(request: HttpRequest, number: str) -> dict[str, Any]:
    """Of a benefit within reach."""
    return coupon_shown(selectors.access_coupon_within(posts_for(request, GIVE), number))


@router.post("/coupons/{number}/block", response=CouponOut, summary="Block a coupon")
def block_coupon(request: HttpRequest, number: str, payload: CallOffIn) -> dict[str, Any]:
    """Its holder is told why."""
    found = selectors.access_coupon_within(posts_for(request, GIVE), number)
    blocked = services.block_coupon(
        by=acting(request, found.benefit.union),
        coupon=found,
        reason=payload.reason,
        now=clock.now(),
    )
    return coupon_shown(blocked)


def signal_shown(signal: RedemptionSignal) -> dict[str, Any]:
    """A signal as `RedemptionSignalOut`."""
    names = ("kind", "hour_at", "count", "words")
    return {name: getattr(signal, name) for name in names} | {
        "id": signal.pk,
        "shop": signal.shop.name,
        "judgement": Judgement(signal.judgement) if signal.judgement else None,
    }


@router.get("/signals", response=RedemptionSignalList, summary="Odd redemptions")
def list_redemption_signals(
    request: HttpRequest, judged: bool = False, cursor: str | None = None
) -> dict[str, Any]:
    """The newest first."""
    found = signal_selectors.list_signals_within(posts_for(request, GIVE), judged=judged)
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": list(map(signal_shown, page.items)), "next": page.next}


@router.post("/signals/{signal_id}/judgement", response=RedemptionSignalOut, summary="Judge")
def judge_redemptions(
    request: HttpRequest, signal_id: str, payload: RedemptionJudgementIn
) -> dict[str, Any]:
    """Once, in words."""
    found = signal_selectors.access_signal_within(posts_for(request, GIVE), signal_id)
    judged = services.judge_signal(
        by=acting(request, found.shop.merchant.union),
        signal=found,
        now=clock.now(),
        **payload.dict(),
    )
    return signal_shown(judged)
