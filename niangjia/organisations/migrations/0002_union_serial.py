"""The serial in a union's number: seven digits for the whole node."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE organisations_union_serial AS integer MINVALUE 1 MAXVALUE 9999999",
            "DROP SEQUENCE organisations_union_serial",
        ),
    ]
