"""Numbers of activities: a serial of the node and one check digit."""

from django.db import connection

from niangjia.core import ids


def next_number() -> str:
    """A new number; never used twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('activities_activity_serial')")
        return ids.with_check_digit(f"{cursor.fetchone()[0]:08d}")
