"""Documents say no more how they are rated and whether somebody calls back: nothing ever read it.
A call-back is a step of its own, and whoever rated badly is called without being asked for here.

A snapshot keeps the digest it is found by: the next case under the same document has a new one.
"""

from django.db import migrations

VERSIONS = "UPDATE cases_itemversion SET content = content - 'survey' WHERE content ? 'survey'"
SNAPSHOTS = "UPDATE cases_itemsnapshot SET content = content - 'survey' WHERE content ? 'survey'"


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_late_where_nobody_is_above")]

    operations = [
        migrations.RunSQL(VERSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(SNAPSHOTS, migrations.RunSQL.noop),
    ]
