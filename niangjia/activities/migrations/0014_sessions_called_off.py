"""One session of a run can be called off, and people are reminded of each."""

from django.db import migrations, models

#: Whoever was reminded of a run was reminded of its first session; of what has been nobody is.
REMINDED = """
UPDATE activities_session AS session SET reminded_at = coalesce(run.reminded_at, now())
FROM activities_run AS run
WHERE run.id = session.run_id
  AND (session.starts_at <= now() OR session.starts_at <= run.reminded_at + interval '1 day');
"""
BACK = """
UPDATE activities_run AS run SET reminded_at = (
    SELECT min(reminded_at) FROM activities_session AS session WHERE session.run_id = run.id
);
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0013_confirming")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="cancelled_at",
            field=models.DateTimeField(help_text="this one alone; others take place", null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="cancel_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="session",
            name="reminded_at",
            field=models.DateTimeField(help_text="when whoever comes was reminded", null=True),
        ),
        migrations.RunSQL(REMINDED, BACK),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                condition=models.Q(reminded_at__isnull=True, cancelled_at__isnull=True),
                fields=["starts_at"],
                name="session_to_remind",
            ),
        ),
        migrations.RemoveIndex(model_name="run", name="run_to_remind"),
        migrations.RemoveField(model_name="run", name="reminded_at"),
        migrations.AlterField(
            model_name="telling",
            name="news",
            field=models.CharField(
                choices=[
                    ("moved", "Moved"),
                    ("dropped", "One date called off"),
                    ("reminder", "Reminder"),
                    ("added", "Message"),
                    ("drawn", "On the waiting list after the draw"),
                ],
                max_length=8,
            ),
        ),
    ]
