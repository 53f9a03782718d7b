from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0016_questions")]

    operations = [
        migrations.AlterField(
            model_name="telling",
            name="news",
            field=models.CharField(
                choices=[
                    ("moved", "Moved"),
                    ("dropped", "One date called off"),
                    ("reminder", "Reminder"),
                    ("added", "Message"),
                    ("several", "Several dates moved"),
                    ("extra", "One more date"),
                    ("run", "Another run"),
                    ("drawn", "On the waiting list after the draw"),
                ],
                max_length=8,
            ),
        ),
    ]
