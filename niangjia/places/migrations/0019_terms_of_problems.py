from django.db import migrations, models

#: What was found before is due on its day, or where nobody works then on the next that is worked.
FILL = """
    UPDATE places_problem
    SET due_from = (due_at AT TIME ZONE 'Asia/Shanghai')::date, due_days = 0
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0018_star_terms")]

    operations = [
        migrations.AddField("problem", "due_from", models.DateField(null=True)),
        migrations.AddField("problem", "due_days", models.PositiveSmallIntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "problem", "due_from", models.DateField(help_text="the day its term is counted from")
        ),
        migrations.AlterField(
            "problem",
            "due_days",
            models.PositiveSmallIntegerField(help_text="working days, more time included"),
        ),
    ]
