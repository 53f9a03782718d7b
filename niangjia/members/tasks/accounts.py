"""What is kept for a day only goes by itself."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.members.services.holdings import purge_old_tries


@app.periodic(cron="17 * * * *")
@app.task(queue="keeping", queueing_lock="purge-tries")
def purge(timestamp: int) -> int:
    """Every hour, drop codes and counted tries of before yesterday, and sessions that ended."""
    call_command("clearsessions")
    return purge_old_tries(now=clock.now())
