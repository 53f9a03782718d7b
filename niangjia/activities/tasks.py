"""What time does. Importing the module registers the jobs with the queue."""

from collections.abc import Callable

from procrastinate.contrib.django import app

from niangjia.activities.services import approving, indexing, matching, sweeping, teams, telling
from niangjia.core import clock, sweeps


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="activity-telling")
def keep_telling(timestamp: int) -> int:
    """Every minute, go on telling people what they have to know; says how many were told. What was
    begun while no worker lived is found by its row."""
    return until_done(telling.go_on)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="keeping", queueing_lock="activity-sweep")
def sweep(timestamp: int) -> int:
    """Every five minutes, remind whoever comes tomorrow and whoever has to decide, ask whoever came
    how it was, put together who named each other, and look whether teams are whole."""
    return sweeps.each(STEPS, until_done, what="sweep")


#: What a sweep does; one of them that fails holds none of the others back.
STEPS = (
    indexing.index_missing,
    teams.settle_teams,
    matching.settle_due,
    matching.erase_due,
    approving.remind_to_decide,
    approving.end_undecided,
    sweeping.remind,
    sweeping.invite_ratings,
)


def until_done(service: Callable[..., int]) -> int:
    """Some at a time, until there is nothing left to do; says how much it was."""
    total = 0
    while done := service(now=clock.now()):
        total += done
    return total
