from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("allocation", "0014_gates_shut")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", ""),
                    ("again", "Had come in already"),
                    ("replayed", "The same code was shown twice"),
                    ("not_theirs", "Has no part of this any more"),
                    ("unproven", "The code does not fit this person"),
                    ("clock", "The device's clock was too far off"),
                    ("out_of_time", "Not while the gate was open"),
                    ("ended", "Noted by somebody who keeps this gate no more"),
                    ("parted", "Somebody of these is not in the team any more"),
                ],
                max_length=12,
            ),
        ),
    ]
