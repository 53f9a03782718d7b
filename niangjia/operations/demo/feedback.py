"""The demonstration's ratings: whoever was served says how it was, mostly well.

It answers the invitations that finished services have sent out, and takes the orders that bad
ratings open some steps along their way, so that the desk has every stage to show.
"""

import datetime as dt

from django.db.models import Count

from niangjia.core import clock
from niangjia.feedback import services
from niangjia.feedback.models import Channel, Invitation, RectificationOrder, Signal
from niangjia.feedback.rules import indicators
from niangjia.feedback.rules.orders import STEPS, steps_at
from niangjia.feedback.selectors.orders import find_step_post
from niangjia.members.models import Post
from niangjia.operations.demo import Progress
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.rules import ancestor_paths

#: Up to which share of all ratings a level reaches, the best first.
SHARES = ((0.58, 5), (0.84, 4), (0.94, 3), (0.98, 2), (1.0, 1))
#: So many rate one after the other, minute by minute.
CROWD = 6
WORDS = {
    5: ("工作人员讲得很清楚，跑一趟就办完了。", "没想到这么快，谢谢娘家人。", ""),
    4: ("办得不错，就是材料要准备好几样。", ""),
    3: ("办是办成了，等得有点久。", ""),
    2: ("打了两次电话才有人接。", "说好三天，等了一个多星期。"),
    1: ("态度生硬，没有说清楚为什么不行。", "材料退了两次，每次说的都不一样。"),
}
SAID = {
    "verification": "已调阅记录并联系本人核实，等候时间过长属实。",
    "rectification": "已补办完毕，并在窗口增加一名工作人员，明确一次性告知。",
    "answer": "让你久等了，对不起。事情已经办好，窗口也增加了人手，欢迎你再来监督。",
    "approval": "复核属实，整改到位。",
}


def load(*, progress: Progress) -> None:
    """Rate most of what can be rated, each a few days after it was finished; once only."""
    crowd(clock.now())
    waiting = list(
        Invitation.objects.filter(rating__isnull=True, round=1)
        .select_related("union", "account")
        .order_by("finished_at", "id")
    )
    for done, invitation in enumerate(waiting, start=1):
        dice = Dice("rating", invitation.item_key, done)
        if dice.happens(0.85):
            rate(invitation, dice)
        progress(done, len(waiting))
    for done, order in enumerate(RectificationOrder.objects.order_by("opened_at", "id")):
        take_along(order, steps=done % 4)


def crowd(now: dt.datetime) -> None:
    """At the union that waits for most, a few praise within minutes and from one telephone:
    something for the union above to judge; once only."""
    if Signal.objects.exists():
        return
    open_ones = Invitation.objects.filter(rating__isnull=True, round=1, closes_at__gt=now)
    busiest = open_ones.values("union").annotate(n=Count("pk")).order_by("-n", "union").first()
    if busiest is None:
        return
    at = now - dt.timedelta(minutes=CROWD)
    for invitation in open_ones.filter(union=busiest["union"], created_at__lt=at)[:CROWD]:
        at += dt.timedelta(minutes=1)
        services.rate(
            invitation=invitation, channel=Channel.COUNTER, level=5, device="demo", now=at
        )
    services.find_signals(day=at.astimezone(clock.CHINA).date(), now=now)


def rate(invitation: Invitation, dice: Dice) -> None:
    """One rating, at a moment that has been, within the window."""
    share = dice.share()
    level = next(level for upto, level in SHARES if share <= upto)
    elsewhere = dice.pick((Channel.LINK, Channel.COUNTER))
    channel = Channel.IN_APP if invitation.account_id else elsewhere
    asked = list(indicators.asked(channel))
    after = dt.timedelta(hours=dice.number(1, 90), minutes=dice.number(0, 59))
    at = min(invitation.finished_at + after, invitation.closes_at, clock.now())
    services.rate(
        invitation=invitation,
        channel=channel,
        level=level,
        indicators={name: max(1, level - dice.number(0, 1)) for name in asked},
        words=dice.pick(WORDS[level]),
        may_be_shown=dice.happens(0.7),
        now=max(at, invitation.created_at),
    )


def take_along(order: RectificationOrder, *, steps: int) -> None:
    """So many steps of an order, each by somebody whose post entitles to it, if there is one."""
    at = order.round_began_at
    for _number in range(steps):
        step = next(iter(steps_at(order.stage)), None)
        post = step and find_maker(order, step)
        if not step or not post:
            return
        at = min(at + dt.timedelta(days=1, hours=2), clock.now())
        order = services.take_step(
            by=post,
            order=order,
            step=step,
            words=SAID[step],
            finding="founded",
            public_answer=SAID["answer"] if step == "approval" else "",
            now=at,
        )


def find_maker(order: RectificationOrder, step: str) -> Post | None:
    """Whoever may take `step` and has taken none of this order's, when it is a review."""
    made = set(order.steps.values_list("by_account_id", flat=True))
    chain = ancestor_paths(order.handled_by.path)
    posts = Post.objects.filter(ended_at__isnull=True, union__path__in=chain)
    fit = [
        post
        for post in posts.exclude(account=order.rated).select_related("union")
        if not (STEPS[step].from_above and post.account_id in made)
    ]
    return find_step_post(fit, order, step)
