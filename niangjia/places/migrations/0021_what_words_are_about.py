from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0020_rows_without_latitude")]

    operations = [
        migrations.AddField(
            "report",
            "is_tick",
            models.BooleanField(
                default=False,
                help_text="the keeper's tick of the day, which says what is missing as well",
            ),
        ),
        migrations.AddField(
            "report",
            "is_as_meant",
            models.BooleanField(default=False, help_text="found shut when it is meant to be shut"),
        ),
    ]
