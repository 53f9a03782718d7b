from django.db import migrations


class Migration(migrations.Migration):
    """Counts of requests are worth nothing after a crash: they cost no write-ahead log."""

    dependencies = [("core", "0002_audit_guard")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE core_requestcount SET UNLOGGED", "ALTER TABLE core_requestcount SET LOGGED"
        ),
    ]
