"""Background jobs of this room."""

from procrastinate.contrib.django import app

from niangjia.organisations import services


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="fold_figures")
def fold_figures(timestamp: int) -> None:
    """Keep reading figures cheap."""
    services.fold_figures()
