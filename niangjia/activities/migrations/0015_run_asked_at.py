from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0014_sessions_called_off")]

    operations = [
        migrations.AddField(
            model_name="run",
            name="asked_at",
            field=models.DateTimeField(
                help_text="when its officers were last told that people wait to be decided about",
                null=True,
            ),
        ),
    ]
