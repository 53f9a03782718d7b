"""What time does. Importing the module registers the jobs with the queue."""

import uuid

from procrastinate.contrib.django import app

from niangjia.benefits import services
from niangjia.benefits.rules import months
from niangjia.benefits.services.giving import BLOCK
from niangjia.benefits.services.merchant_lists import GO_ON
from niangjia.core import clock

BATCH = 500


@app.task(name=BLOCK, queue="keeping")
def block_cancelled(benefit_id: str) -> int:
    """Block the coupons of a benefit that was called off, some at a time; says how many. Begun
    again it goes on with what is left."""
    total = 0
    while blocked := services.block_cancelled(benefit_id=uuid.UUID(benefit_id), now=clock.now()):
        total += blocked
    return total


@app.task(name=GO_ON, queue="keeping")
def go_on_importing(import_id: str) -> int:
    """Enter the rest of a list of merchants, some rows at a time; says how many. Begun again it
    goes on where it was."""
    total = 0
    while done := services.go_on_importing(import_id=uuid.UUID(import_id), now=clock.now()):
        total += done
    return total


@app.periodic(cron="7 * * * *")
@app.task(queue="keeping", queueing_lock="watch-redemptions")
def watch_redemptions(timestamp: int) -> int:
    """Every hour, look for what is odd in the hours before, also in those in which no worker lived;
    says how much is new."""
    now = clock.now()
    new = services.watch_redemptions(now=now)
    while services.is_behind(now=now):
        new += services.watch_redemptions(now=now)
    return new


@app.periodic(cron="*/5 * * * *")
@app.task(queue="keeping", queueing_lock="share-out-benefits")
def share_out_benefits(timestamp: int) -> int:
    """Every five minutes, share out by points what has closed; says how many benefits."""
    return services.share_out_due(now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="keeping", queueing_lock="index-shops")
def index_shops(timestamp: int) -> int:
    """Every five minutes, enter shops that the search does not know yet: those of before there was
    one. Says how many."""
    total = 0
    while found := services.index_missing(now=clock.now()):
        total += found
    return total


@app.periodic(cron="12 1 * * *")
@app.task(queue="keeping", queueing_lock="keep-coupons")
def keep_coupons(timestamp: int) -> int:
    """Every morning (9:12 in China), remind of coupons that end soon and of statements that wait
    for an answer, end strikes to which nobody objected in time, and give back to budgets what
    nobody used; forget lists that were refused long ago. Says how many."""
    total = services.forget_refused(now=clock.now())
    while told := services.remind_of_disputes(now=clock.now()):
        total += told
    for keep in (services.end_strikes, services.remind_of_coupons, services.release_unused):
        while done := keep(now=clock.now(), limit=BATCH):
            total += done
    return total


@app.periodic(cron="30 18 1,2,3 * *")
@app.task(queue="keeping", queueing_lock="draw-up-statements")
def draw_up_statements(timestamp: int) -> int:
    """In the first nights of a month (2:30 in China), the statements of the month before; says how
    many are new."""
    now = clock.now()
    month = months.before(months.first_of(now))
    return len(services.draw_up_statements(month=month, now=now))
