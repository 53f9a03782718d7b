"""Stations in use: who keeps some of them, who is there, what was asked for, how they are rated."""

import datetime as dt
import uuid
from collections import Counter

from niangjia.core import clock
from niangjia.feedback import services as feedback
from niangjia.feedback.models import Channel, Invitation
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import demo
from niangjia.members.selectors.posts import access_acting_post, current_posts
from niangjia.operations.demo import Progress
from niangjia.organisations.services import count as count_up
from niangjia.places import services
from niangjia.places.models import Place, Plate, RatedVisit, VisitDay
from niangjia.places.rules import visits as rules
from niangjia.places.rules.ratings import SUBJECT
from niangjia.places.rules.voices import Speaker

OFFICER = "county"
#: Who keeps which, by the keys of the demonstration's accounts.
KEEPERS = (
    ("member", "陈师傅", ("工人西路爱心驿站", "绣湖广场工会驿站")),
    ("worker", "小周", ("篁园路骑手驿站",)),
)
#: A place, how many are there now, how many came on a usual day before.
CROWDS = (
    ("绣湖广场工会驿站", 17, 22),
    ("工人西路爱心驿站", 6, 12),
    ("篁园路骑手驿站", 12, 16),
    ("义乌港司机之家", 31, 40),
    ("工人文化宫", 24, 30),
    ("宾王路户外劳动者驿站", 3, 11),
)
#: So far back that a whole quarter is told on any day.
DAYS_BEFORE = 200
#: Of a hundred visits so many in each hour: a rest at noon, another before the evening's orders.
BY_HOUR = (0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 7, 13, 16, 12, 8, 5, 5, 6, 5, 4, 2, 2, 0, 0)
#: The hour of each of a hundred visits.
HOURS = [hour for hour, number in enumerate(BY_HOUR) for _one in range(number)]
#: A place, what, the facility that lacks it, and what the union answered.
REQUESTS = (
    ("工人西路爱心驿站", "桶装饮用水", "water", "on_way"),
    ("绣湖广场工会驿站", "一次性纸杯", "", "asked"),
    ("篁园路骑手驿站", "打气筒气嘴", "air_pump", "declined"),
    # Nobody keeps this one: it is a case at once.
    ("宾王路户外劳动者驿站", "创可贴和碘伏", "medicine", "asked"),
)
REASON = "下周三统一采购，到时一起送来。"
#: A place, and how last month's visitors rated it.
RATED = (
    ("绣湖广场工会驿站", (5, 5, 4, 5, 5, 3, 5, 4, 5, 5, 4, 5, 5)),
    ("工人西路爱心驿站", (5, 4, 4, 5, 2, 5, 4, 5, 3, 4, 5)),
)


def load(*, progress: Progress) -> None:
    """Through the services, each at its time; once only."""
    if VisitDay.objects.exists():
        return
    now, officer = clock.now(), demo.find_account(OFFICER)
    names = {name for name, *_rest in (*CROWDS, *REQUESTS, *RATED)}
    places = {place.name: place for place in Place.objects.filter(name__in=names)}
    if officer is None or not places:
        return
    posts = {name: post_at(officer, place) for name, place in places.items()}
    plates = {
        name: services.issue_plate(by=posts[name], place=place, now=now)
        for name, place in places.items()
    }
    appoint(places, posts, now)
    for done, (name, here, usual) in enumerate(CROWDS, start=1):
        fill(plates[name], here, usual, now)
        progress(done, len(CROWDS))
    for name, what, facility, state in REQUESTS:
        ask(places[name], posts[name], what, facility, state, now)
    for name, levels in RATED:
        rate(plates[name], levels, now)


def post_at(officer: Account, place: Place) -> Post:
    """The post by which the county's officer acts for a place."""
    return access_acting_post(current_posts(officer), Action.KEEP_PLACES, place.union.path)


def appoint(places: dict[str, Place], posts: dict[str, Post], now: dt.datetime) -> None:
    """By a link, like everybody."""
    for key, known_as, kept in KEEPERS:
        account = demo.find_account(key)
        for name in kept:
            if account is not None:
                token = services.invite_keeper(
                    by=posts[name], place=places[name], known_as=known_as, now=now
                )
                services.accept_keeping(by=account, token=token, now=now)


def visitor(place: Place, n: int) -> Speaker:
    """A made-up phone on a network of its own."""
    return Speaker(device=f"demo-{place.code}-{n}", address=f"10.{n % 250}.{n // 250}.1")


def fill(plate: Plate, here: int, usual: int, now: dt.datetime) -> None:
    """So many are there, and so many came on each day before."""
    place = plate.place
    for n in range(here):
        came_at = now - dt.timedelta(minutes=2 + n % 40)
        services.arrive(plate=plate, visitor=visitor(place, n), now=came_at)
    past(place, usual, now)


def past(place: Place, usual: int, now: dt.datetime) -> None:
    """The days before, as counting one by one would have left them."""
    today, days, by_metric = now.astimezone(clock.CHINA).date(), [], Counter[str]()
    for back in range(1, DAYS_BEFORE + 1):
        date = today - dt.timedelta(days=back)
        number = usual - (back * 7) % 9 - (4 if date.weekday() == 6 else 0)
        hours = [0] * 24
        for n in range(max(number, 1)):
            hours[HOURS[(n * 37 + back * 61) % len(HOURS)]] += 1
        days.append(VisitDay(place=place, date=date, visits=sum(hours), hours=hours))
        by_metric[rules.metric(date)] += sum(hours)
        for hour, count in enumerate(hours):
            by_metric[rules.hour_metric(date, hour)] += count
    VisitDay.objects.bulk_create(days)
    for metric, count in by_metric.items():
        count_up(union_id=place.union_id, metric=metric, change=count)


def ask(place: Place, post: Post, what: str, facility: str, state: str, now: dt.datetime) -> None:
    """Somebody asked, and the union answered."""
    known = facility if facility in place.facilities else ""
    made = services.ask_for_supplies(
        place=place,
        what=what,
        facility=known,
        speaker=visitor(place, 0),
        now=now - dt.timedelta(hours=20),
    )
    if state == "on_way":
        day = clock.today() + dt.timedelta(days=1)
        services.send_supplies(by=post, request=made, expected_date=day, now=now)
    elif state == "declined":
        services.decline_supplies(by=post, request=made, reason=REASON, now=now)


def rate(plate: Plate, levels: tuple[int, ...], now: dt.datetime) -> None:
    """Visitors of last month, each after a visit."""
    first = now.astimezone(clock.CHINA).replace(day=1, hour=9) - dt.timedelta(days=20)
    place = plate.place
    for n, level in enumerate(levels):
        came_at, who = first + dt.timedelta(hours=5 * n), visitor(place, 1_000 + n)
        services.arrive(plate=plate, visitor=who, now=came_at)
        services.ask_to_rate(place=place, visitor=who, account=None, now=came_at)
        invitation = newest(place, came_at)
        feedback.rate(
            invitation=invitation,
            channel=Channel.LINK,
            level=level,
            now=came_at + dt.timedelta(minutes=3),
        )
        services.note_rating(subject_id=invitation.subject_id, level=level, round=1, now=came_at)


def newest(place: Place, at: dt.datetime) -> Invitation:
    """The invitation of the visit that has just been asked about."""
    rated: uuid.UUID = RatedVisit.objects.get(place=place, asked_at=at).pk
    return Invitation.objects.get(subject_kind=SUBJECT, subject_id=rated)
