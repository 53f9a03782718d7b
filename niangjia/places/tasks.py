"""What time does. Importing the module registers the jobs with the queue."""

import uuid

from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.places import services
from niangjia.places.services.lists.acting import ENTER, READ
from niangjia.places.services.lists.entering import enter_some
from niangjia.places.services.lists.reading import read_some
from niangjia.places.services.measuring import MEASURE
from niangjia.places.services.siting import SITE


#: Moments of the queue are UTC: 16:00 is midnight in China.
@app.periodic(cron="2 16 * * *")
@app.task(queue="keeping", queueing_lock="place-openings")
def refresh_openings(timestamp: int) -> int:
    """Just after midnight in China, compute the coming days and show as missing what has expired;
    says how many places changed."""
    return services.refresh_openings(now=clock.now())


@app.periodic(cron="7,22,37,52 * * * *")
@app.task(queue="keeping", queueing_lock="place-ticks")
def ask_who_did_not_tick(timestamp: int) -> int:
    """Four times an hour, ask the keepers of places that opened and were not ticked."""
    return services.ask_who_did_not_tick(now=clock.now())


@app.periodic(cron="25 0 * * *")
@app.task(queue="keeping", queueing_lock="place-supplies")
def remind_of_supplies(timestamp: int) -> int:
    """Every morning, remind of what expires and forget what has been kept for long enough."""
    now = clock.now()
    forgotten = services.forget_door_events(now=now) + services.forget_sent_photos(now=now)
    return services.remind_of_supplies(now=now) + services.forget_askers(now=now) + forgotten


@app.periodic(cron="*/5 * * * *")
@app.task(queue="keeping", queueing_lock="place-truth")
def keep_true(timestamp: int) -> int:
    """Every five minutes, weigh again what was said and forget who said it a day ago, and who was
    where."""
    now = clock.now()
    forgotten = services.forget_visits(now=now) + services.forget_sightings(now=now)
    return services.weigh_again(now=now) + services.forget_speakers(now=now) + forgotten


@app.periodic(cron="10 * * * *")
@app.task(queue="keeping", queueing_lock="place-problems")
def tell_of_late_problems(timestamp: int) -> int:
    """Every hour, tell whoever stands above of what was not mended in time."""
    return services.tell_of_late_problems(now=clock.now())


@app.periodic(cron="12 * * * *")
@app.task(queue="keeping", queueing_lock="place-requests")
def raise_unanswered(timestamp: int) -> int:
    """Every hour, raise the requests for supplies that nobody answered in time."""
    return services.raise_unanswered(now=clock.now())


@app.task(name=MEASURE, queue="keeping")
def measure_coverage(measurement_id: str) -> int:
    """Measure province by province; says how many. Begun again it goes on with what is left. The
    last of the seven days is known only once the openings were computed today."""
    services.refresh_openings(now=clock.now())
    done = 0
    while services.measure_next(measurement_id=uuid.UUID(measurement_id), now=clock.now()):
        done += 1
    return done


@app.periodic(cron="30 16 * * *")
@app.task(queue="keeping", queueing_lock="measure-coverage")
def measure_nightly(timestamp: int) -> None:
    """Every night, whom stations reach in the coming days; on the first of a month people are
    counted anew as well, so that nobody's coming and going shows from one day to the next."""
    now = clock.now()
    services.ask_measurement(recounts=clock.today().day == 1, now=now)


@app.task(name=SITE, queue="keeping")
def work_out_siting(siting_id: str) -> str:
    """Work out where to open the next stations; says how it ended. Begun again it goes on from the
    best that was noted."""
    return services.work_out_siting(siting_id=uuid.UUID(siting_id))


@app.periodic(cron="30 1 2 * *")
@app.task(queue="keeping", queueing_lock="place-stars")
def rate_stations(timestamp: int) -> None:
    """On the morning of the second of each month, rate all stations by the month before."""
    services.begin_star_run(now=clock.now())


@app.task(queue="keeping")
def go_on_rating(run_id: str) -> int:
    """One batch of a month's stars."""
    return services.go_on_rating(run_id=uuid.UUID(run_id), now=clock.now())


@app.periodic(cron="10 16 * * *")
@app.task(queue="keeping", queueing_lock="place-stars-count")
def let_stars_count(timestamp: int) -> int:
    """Every night, what was announced and nobody objected to counts; says how many."""
    total = 0
    while done := services.put_into_force(now=clock.now()):
        total += done
    return total


@app.task(name=READ, queue="keeping")
def read_list(list_id: str) -> int:
    """Read a list of places, some rows at a time; says how many. Begun again it goes on."""
    total = 0
    while done := read_some(list_id=uuid.UUID(list_id)):
        total += done
    return total


@app.task(name=ENTER, queue="keeping")
def enter_list(list_id: str) -> int:
    """Enter a list of places, some rows at a time; says how many. Begun again it goes on."""
    total = 0
    while done := enter_some(list_id=uuid.UUID(list_id), now=clock.now()):
        total += done
    return total
