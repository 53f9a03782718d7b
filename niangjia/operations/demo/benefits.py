"""Made-up benefits of one county's federation: merchants, coupons, a month that was settled."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from niangjia.allocation import services as allocation
from niangjia.allocation.services import Ask, PoolDraft
from niangjia.benefits import services
from niangjia.benefits.models import Benefit, Budget, Cashier, Coupon, Merchant
from niangjia.benefits.rules import months
from niangjia.benefits.services import BenefitDraft, ShopDetails
from niangjia.core import clock
from niangjia.members.models import Account, Membership, Post
from niangjia.members.rules import Action
from niangjia.members.rules.permissions import may
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress
from niangjia.operations.demo.chance import Dice

#: Nobody trades under these names, and the codes, though their check characters hold, are given to
#: nobody.
MERCHANTS = (
    (
        "示范好邻便利店",
        "91330782MA2A00011E",
        "便利店",
        (
            ("好邻便利店（稠州北路店）", "稠州北路 1 号（示范）", 120.0752, 29.3152),
            ("好邻便利店（国际商贸城店）", "福田路 2 号（示范）", 120.1052, 29.3322),
            ("好邻便利店（佛堂店）", "双林路 3 号（示范）", 120.0221, 29.2089),
        ),
    ),
    (
        "示范老街面馆",
        "91330782MA2A00021F",
        "餐饮",
        (("老街面馆（绣湖店）", "绣湖西路 4 号（示范）", 120.0718, 29.3068),),
    ),
    (
        "示范暖胃快餐",
        "91330782MA2A000386",
        "餐饮",
        (("暖胃快餐（火车站店）", "站前大道 5 号（示范）", 120.0351, 29.3775),),
    ),
)
HOLDERS = 25


@dataclass(frozen=True)
class Given:
    """One benefit: what it is, and when it can be had and used, in days from now."""

    kind: str
    name: str
    words: str
    supply: int
    face_fen: int
    had: tuple[float, float]
    used: tuple[float, float]
    options: dict[str, Any]


NOW_OPEN = (
    Given(
        "meal_aid",
        "外卖小哥助餐券",
        "凭券在合作餐厅就餐抵 15 元，外卖骑手、快递员、网约车司机都能领。",
        2_000,
        1_500,
        (-3, 20),
        (-3, 30),
        {"min_bill_fen": 1_500},
    ),
    Given(
        "coupon",
        "冬日热饮券",
        "户外干活喝口热的：在好邻便利店买热饮抵 10 元，可以分次用。",
        500,
        1_000,
        (-1, 10),
        (-1, 25),
        {"is_partial": True, "valid_days": 14},
    ),
    Given(
        "gift",
        "冬送温暖慰问品提货券",
        "凭券到合作门店提取价值 200 元的慰问品一份，报名后公开抽签。",
        100,
        20_000,
        (-2, 5),
        (6, 40),
        {"mode": "draw"},
    ),
)
OVER = Given(
    "coupon",
    "国庆惠工消费券",
    "国庆期间在合作商户消费满 30 元抵 10 元。",
    300,
    1_000,
    (-55, -45),
    (-55, -22),
    {"min_bill_fen": 3_000},
)
PLANNED = Given(
    "summer_drinks",
    "明年夏送清凉券（草稿）",
    "高温天在合作便利店领取饮料，抵 5 元。",
    5_000,
    500,
    (20, 30),
    (20, 60),
    {},
)


def load(*, progress: Progress) -> None:
    """A budget, merchants with shops, benefits that are open, over and planned; once only."""
    post = find_post()
    if post is None or Benefit.objects.exists():
        return
    long_ago = clock.now() - dt.timedelta(days=60)
    with clock.stopped_at(long_ago):
        budget = services.open_budget(
            by=post,
            union=post.union,
            name="普惠服务专项（示范）",
            year=long_ago.astimezone(clock.CHINA).year,
            amount_fen=30_000_000,
            now=long_ago,
        )
        tills = [till for each in MERCHANTS for till in enter(post, *each, now=long_ago)]
    progress(1, 4)
    settle_a_month(post, budget, tills)
    progress(2, 4)
    now = clock.now()
    for given in NOW_OPEN:
        publish(post, budget, given, now)
    progress(3, 4)
    services.draft_benefit(
        by=post, union=post.union, draft=draft_of(post, budget, PLANNED, now), now=now
    )
    give_now()
    progress(4, 4)


def find_post() -> Post | None:
    """The county's officer who gives benefits."""
    account = demo.find_account("county")
    posts = Post.objects.filter(account=account, ended_at=None).select_related("union__division")
    found = posts.first() if account else None
    return found if found and may(found.role, Action.GIVE_BENEFITS) else None


def enter(
    post: Post,
    name: str,
    uscc: str,
    trade: str,
    shops: Sequence[tuple[str, str, float, float]],
    *,
    now: dt.datetime,
) -> list[Cashier]:
    """A merchant with its shops; the demonstration's worker stands at each till."""
    merchant: Merchant = services.add_merchant(
        by=post, union=post.union, name=name, uscc=uscc, trade=trade, now=now
    )
    account = demo.find_account("worker")
    tills = []
    for shop_name, address, longitude, latitude in shops:
        shop = services.add_shop(
            by=post,
            merchant=merchant,
            details=ShopDetails(
                shop_name,
                post.union.division,
                address,
                longitude,
                latitude,
                "Mo-Su 07:00-22:00",
            ),
            now=now,
        )
        token = services.invite_cashier(by=post, shop=shop, is_manager=True, now=now)
        if account is not None:
            tills.append(services.accept_till(by=account, token=token, now=now))
    return tills


def draft_of(post: Post, budget: Budget, given: Given, now: dt.datetime) -> BenefitDraft:
    """A benefit as an officer would type it."""
    options = dict(given.options)
    opens, closes = (now + dt.timedelta(days=days) for days in given.had)
    begins, ends = (now + dt.timedelta(days=days) for days in given.used)
    mode = options.pop("mode", "first_come")
    return BenefitDraft(
        kind=given.kind,
        name=given.name,
        words=given.words,
        budget=budget,
        supply=given.supply,
        face_fen=given.face_fen,
        valid_from=begins,
        valid_until=ends,
        terms=PoolDraft(
            name=given.name,
            opens_at=opens,
            closes_at=closes,
            mode=mode,
            reach=post.union,
            gather_seconds=5 if mode == "first_come" else 0,
            has_waiting_list=mode == "first_come",
            offers_until=ends,
        ),
        **options,
    )


def publish(post: Post, budget: Budget, given: Given, now: dt.datetime) -> Benefit:
    """Drafted and published a little before it opens."""
    before = now + dt.timedelta(days=given.had[0], hours=-2)
    with clock.stopped_at(before):
        made = services.draft_benefit(
            by=post, union=post.union, draft=draft_of(post, budget, given, now), now=before
        )
        return services.publish_benefit(by=post, benefit=made, now=before)


def settle_a_month(post: Post, budget: Budget, tills: Sequence[Cashier]) -> None:
    """Members claimed and used what is over, one brought something back; statements followed."""
    now = clock.now()
    over = publish(post, budget, OVER, now)
    dice = Dice("benefits")
    claimed = now + dt.timedelta(days=OVER.had[0], minutes=5)
    for number, holder in enumerate(holders(post, HOLDERS)):
        coupon = claim(over, holder, claimed + dt.timedelta(minutes=number))
        if coupon is None or not tills or not dice.happens(0.8):
            continue
        used = claimed + dt.timedelta(days=dice.number(1, 20), minutes=dice.number(0, 600))
        with clock.stopped_at(used):
            sale = services.redeem(
                by=dice.pick(tills),
                coupon=coupon,
                step=int(used.timestamp()) // 30,
                bill_fen=dice.number(30, 90) * 100,
                key=f"demo-{number}",
                now=used,
            )
            if number == 3:
                services.refund(
                    by=sale.cashier,
                    redemption=sale,
                    amount_fen=300,
                    reason="退了一份饮料",
                    key="demo-back",
                    now=used + dt.timedelta(hours=2),
                )
    last = months.before(months.first_of(now))
    for month in (months.before(last), last):
        services.draw_up_statements(month=month, now=now)


def give_now() -> None:
    """The demonstration's member has one of the open ones."""
    now = clock.now()
    account = demo.find_account("member")
    benefit = Benefit.objects.filter(name=NOW_OPEN[1].name).first()
    if account is not None and benefit is not None:
        claim(benefit, account, now - dt.timedelta(hours=3))


def claim(benefit: Benefit, account: Account, at: dt.datetime) -> Coupon | None:
    """Somebody claims one, then; None where it is not for them."""
    if benefit.pool_id is None:
        return None
    with clock.stopped_at(at):
        answered = allocation.claim(ask=Ask(benefit.pool_id, account.pk), now=at)
        if answered.claim_id is None:
            return None
        ids = [answered.claim_id]
        made = services.give_coupons(pool_id=benefit.pool_id, claim_ids=ids, now=at)
    return made[0] if made else None


def holders(post: Post, count: int) -> list[Account]:
    """Members of the county with an account."""
    found = Membership.objects.filter(
        union__path__startswith=post.union.path, person__account__isnull=False
    ).select_related("person__account")
    return [each.person.account for each in found.order_by("number")[:count] if each.person.account]
