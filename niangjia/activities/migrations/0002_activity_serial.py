"""The serial in an activity's number: eight digits for the whole node."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE activities_activity_serial AS integer MINVALUE 1 MAXVALUE 99999999",
            "DROP SEQUENCE activities_activity_serial",
        )
    ]
