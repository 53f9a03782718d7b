"""Keeping the search's rows in step with the activities."""

import datetime as dt

from django.db import connection

from niangjia.activities.models import Activity, ActivitySearch, State
from niangjia.core import transactions
from niangjia.places.rules.finding import tokens_of

BATCH = 500
ENTRIES = """
    INSERT INTO activities_activitysearch (activity_id, tokens)
    SELECT id, tokens::tsvector FROM unnest(%s::uuid[], %s::text[]) AS entry(id, tokens)
    ON CONFLICT (activity_id) DO UPDATE SET tokens = excluded.tokens
"""


def index_activity(activity: Activity) -> None:
    """Bring one activity's row up to date; what is not published is found no longer. In the
    transaction that changed it."""
    if activity.state == State.PUBLISHED:
        write([activity])
    else:
        ActivitySearch.objects.filter(activity=activity).delete()


def write(activities: list[Activity]) -> None:
    rows = [(each.pk, tokens_text(each)) for each in activities]
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [list(column) for column in zip(*rows, strict=True)])


def tokens_text(activity: Activity) -> str:
    """The keys of an activity: any part of its own words, of its union's name and of where one
    meets, in characters, pinyin and initials."""
    words = [activity.name, activity.summary, activity.union.name]
    if activity.division:
        words.append(activity.division.name)
    return " ".join(f"'{key}'" for key in tokens_of(words, []))


@transactions.atomic
def index_missing(*, now: dt.datetime) -> int:
    """Enter published activities that have no row yet, some at a time: those of before there was a
    search. Says how many; 0 when all that is to come is found."""
    lacking = Activity.objects.filter(state=State.PUBLISHED, ends_at__gt=now, entry=None)
    found = list(lacking.select_related("union", "division")[:BATCH])
    if found:
        write(found)
    return len(found)
