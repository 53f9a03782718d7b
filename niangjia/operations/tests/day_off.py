"""Makes an application on a node, and, once a line comes in, a day off before its promised day.

Run by test_run: says the application's id, waits, and leaves the node's worker the job of counting
the promised day anew.
"""

import datetime as dt
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.settings"


def main():
    django.setup()

    from niangjia.core import clock, working_calendar
    from niangjia.members.tests.factories.joining import make_application
    from niangjia.organisations.tests.factories import make_union

    application = make_application(union=make_union(answer_working_days=5))
    print(application.pk, flush=True)
    input()
    today = clock.now().astimezone(clock.CHINA).date()
    coming = (today + dt.timedelta(days=days) for days in range(1, 30))
    working_calendar.set_working_day(
        date=next(d for d in coming if d.weekday() < 5 and working_calendar.is_working_day(d)),
        province="",
        is_working=False,
        name="临时放假",
        source="试验",
        by=None,
        now=clock.now(),
    )


if __name__ == "__main__":
    main()
