"""What time does. Importing the module registers the jobs with the queue."""

from procrastinate.contrib.django import app

from niangjia.activities.services import indexing, matching, sweeping, teams, telling
from niangjia.core import clock


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="activity-telling")
def keep_telling(timestamp: int) -> int:
    """Every minute, go on telling people what they have to know; says how many were told. What was
    begun while no worker lived is found by its row."""
    total = 0
    while told := telling.go_on(now=clock.now()):
        total += told
    return total


@app.periodic(cron="*/5 * * * *")
@app.task(queue="keeping", queueing_lock="activity-sweep")
def sweep(timestamp: int) -> int:
    """Every five minutes, remind whoever comes tomorrow, ask whoever came how it was, put
    together who named each other, and look whether teams are whole."""
    total = 0
    for service in (
        *(indexing.index_missing, teams.settle_teams),
        *(matching.settle_due, matching.erase_due),
    ):
        while done := service(now=clock.now()):
            total += done
    while done := sweeping.remind(now=clock.now()):
        total += done
    while done := sweeping.invite_ratings(now=clock.now()):
        total += done
    return total
