"""Made-up benefits of one county's federation: merchants, coupons, a month that was settled."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from niangjia.allocation import services as allocation
from niangjia.allocation.services import Ask, PoolDraft
from niangjia.benefits import services
from niangjia.benefits.models import Benefit, Budget, Cashier, Coupon, Merchant, Redemption
from niangjia.benefits.rules import months
from niangjia.benefits.services import BenefitDraft, ShopDetails
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.members.models import Account, Membership, Post
from niangjia.members.rules import Action
from niangjia.members.rules.permissions import may
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress, disputes
from niangjia.operations.demo.benefit_words import (
    BREAKFAST,
    HOLDERS,
    HOT_DRINK,
    MERCHANTS,
    MUTUAL_AID,
    NOW_OPEN,
    OVER,
    PLANNED,
    Given,
)
from niangjia.operations.demo.chance import Dice


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
    for given in (*NOW_OPEN, MUTUAL_AID):
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
    """A benefit as an officer would type it: from one full hour to another."""
    options = dict(given.options)
    now = now.replace(minute=0, second=0, microsecond=0)
    opens, closes = (now + dt.timedelta(days=days) for days in given.had)
    begins, ends = (now + dt.timedelta(days=days) for days in given.used)
    mode, kinds = options.pop("mode", "first_come"), options.pop("kinds", ())
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
            kinds=kinds,
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
    """Members claimed and used what is over, one brought something back, one shop looked odd for an
    hour; statements followed."""
    now = clock.now()
    people = holders(post, HOLDERS)
    over, breakfast, drink = (
        publish(post, budget, each, now) for each in (OVER, BREAKFAST, HOT_DRINK)
    )
    if tills:
        spend(over, OVER, people, tills, parts=1, bills=(30, 90), seed="benefits")
        spend(breakfast, BREAKFAST, people, tills, parts=5, bills=(4, 12), seed="breakfast")
        bring_back(tills)
        rush(drink, people, tills[0], now)
    last = months.before(months.first_of(now))
    for month in (months.before(last), last):
        services.draw_up_statements(month=month, now=now)
    disputes.load(post, now)


def spend(
    benefit: Benefit,
    given: Given,
    people: Sequence[tuple[Account, dt.datetime]],
    tills: Sequence[Cashier],
    *,
    parts: int,
    bills: tuple[int, int],
    seed: str,
) -> None:
    """Most of `people` have one and use it on up to `parts` days of the month that followed, by day
    and in the evening; `bills` in whole yuan."""
    dice = Dice(seed)
    opened = clock.now() + dt.timedelta(days=given.had[0], minutes=5)
    ended = clock.now() + dt.timedelta(days=given.used[1])
    for number, (holder, since) in enumerate(people):
        begins = max(opened, since) + dt.timedelta(minutes=number)
        coupon = claim(benefit, holder, begins)
        for part in range(dice.number(1, parts) if coupon else 0):
            day = begins + dt.timedelta(days=dice.number(0, max(0, (ended - begins).days - 1)))
            morning = day.astimezone(clock.CHINA).replace(hour=6, minute=40)
            used = max(begins, morning + dt.timedelta(minutes=dice.number(0, 840), seconds=part))
            bill = dice.number(*bills) * 100 + dice.pick((0, 0, 50, 80))
            if coupon and dice.happens(0.85):
                use(dice.pick(tills), coupon, bill, f"demo-{seed}-{number}-{part}", used)


def use(till: Cashier, coupon: Coupon, bill: int, key: str, used: dt.datetime) -> None:
    """One purchase; what is used up or expired by then is not used."""
    with clock.stopped_at(used), suppress(DomainError):
        services.redeem(
            by=till,
            coupon=coupon,
            step=int(used.timestamp()) // 30,
            bill_fen=bill,
            key=key,
            now=used,
        )


def bring_back(tills: Sequence[Cashier]) -> None:
    """Somebody brought a drink back the same day."""
    sale = Redemption.objects.filter(cashier__in=tills, amount_fen__gte=300).order_by("at").first()
    if sale is not None:
        services.refund(
            by=sale.cashier,
            redemption=sale,
            amount_fen=300,
            reason="退了一份饮料",
            key="demo-back",
            now=sale.at + dt.timedelta(hours=2),
        )


def rush(
    benefit: Benefit, people: Sequence[tuple[Account, dt.datetime]], till: Cashier, now: dt.datetime
) -> None:
    """Within half an hour one shop took very many, each for exactly what it is worth: what the
    hourly look-out is there to find."""
    had = now + dt.timedelta(days=HOT_DRINK.had[0])
    hour = (now - dt.timedelta(days=8)).replace(minute=0, second=0, microsecond=0)
    for number, (holder, since) in enumerate(people):
        coupon = claim(benefit, holder, max(had, since) + dt.timedelta(minutes=5 + number))
        if coupon is not None:
            at = hour + dt.timedelta(seconds=70 + 35 * number)
            use(till, coupon, HOT_DRINK.face_fen, f"demo-rush-{number}", at)
    services.find_signals(hour_at=hour, now=hour + dt.timedelta(hours=1))


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


def holders(post: Post, count: int) -> list[tuple[Account, dt.datetime]]:
    """Members of the county with an account, the longest first, and from when on they were."""
    found = Membership.objects.filter(
        union__path__startswith=post.union.path, person__account__isnull=False
    ).select_related("person__account")
    return [
        (each.person.account, dt.datetime.combine(day, dt.time(9), clock.CHINA))
        for each in found.order_by("admitted_date", "number")[:count]
        if each.person.account and (day := each.admitted_date)
    ]
