"""The clock runs by itself."""

import datetime as dt
import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from niangjia.cases import services
from niangjia.cases.services.recounting import RECOUNT
from niangjia.cases.services.texting import TEXT
from niangjia.cases.services.texting_members import TEXT as TEXT_MEMBER
from niangjia.core import clock

#: 3, 9, 27 … seconds: nine tries over some three hours.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="case-clock")
def sweep(timestamp: int) -> int:
    """Every minute, see to the cases whose clock has come up; says how many.

    Nothing depends on the minute: what came up while no worker lived is found by its moment.
    """
    return services.sweep(now=clock.now())


@app.task(name=RECOUNT, queue="keeping", retry=RETRY)
def recount(date: str, province: str, after: str) -> int:
    """Go on counting terms anew behind case `after`; says how many moved."""
    return services.go_on_recounting(
        date=dt.date.fromisoformat(date),
        province=province,
        after=uuid.UUID(after),
        now=clock.now(),
    )


@app.task(name=TEXT, queue="keeping", retry=RETRY)
def text_news(case_id: str) -> bool:
    """Tell whoever has nothing but a receipt that there is news."""
    return services.text_news(case_id=uuid.UUID(case_id))


@app.task(name=TEXT_MEMBER, queue="keeping", retry=RETRY)
def text_member(member_id: str) -> bool:
    """Tell somebody who takes part with a receipt that there is news."""
    return services.text_member(member_id=uuid.UUID(member_id))


@app.periodic(cron="5 16 * * *")
@app.task(queue="keeping", queueing_lock="items-into-force")
def put_items_into_force(timestamp: int) -> int:
    """At five past midnight in China, offer the service items whose day has come; whichever came
    while no worker lived is found by its date."""
    return services.put_into_force(now=clock.now())


@app.periodic(cron="23 * * * *")
@app.task(queue="keeping", queueing_lock="case-search-rows")
def write_search_rows(timestamp: int) -> int:
    """Every hour, let cases be found that were opened before there was a search; says how many."""
    total = 0
    while done := services.write_missing_rows():
        total += done
    return total


@app.periodic(cron="17 19 * * *")
@app.task(queue="keeping", queueing_lock="case-drafts")
def expire_drafts(timestamp: int) -> int:
    """Each night (3:17 in China), throw away drafts that were given up and files that nobody handed
    in."""
    return services.expire_drafts(now=clock.now())
