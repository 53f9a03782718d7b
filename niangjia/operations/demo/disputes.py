"""Two of the demonstration's statements are talked about: one waits for the union, one was
answered."""

import datetime as dt

from niangjia.benefits import services
from niangjia.benefits.models import Cashier, Statement
from niangjia.core import clock
from niangjia.members.models import Post

SAID = (
    "月底最后一笔不是我们店收的，麻烦核对一下。",
    "有一笔顾客退了货，账上还没减。",
)
ANSWER = "核对过：退货那笔在这个月退回，会列在下个月的结算单上，本月金额不变。"


def load(post: Post, now: dt.datetime) -> None:
    """The newest two whose merchant has somebody who manages it."""
    managers = Cashier.objects.filter(is_manager=True, ended_at=None).select_related(
        "shop__merchant"
    )
    by_merchant = {each.shop.merchant_id: each for each in managers.order_by("since_at")}
    newest = Statement.objects.filter(union=post.union, merchant__in=by_merchant)
    for number, statement in enumerate(newest.order_by("-month", "number")[: len(SAID)]):
        at = now - dt.timedelta(hours=30)
        with clock.stopped_at(at):
            services.answer_statement(
                by=by_merchant[statement.merchant_id],
                statement=statement,
                agrees=False,
                words=SAID[number],
                now=at,
            )
            if number:
                services.answer_dispute(by=post, statement=statement, words=ANSWER, now=at)
