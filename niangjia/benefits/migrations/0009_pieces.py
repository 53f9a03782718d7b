"""Things that a union hands over, without a bill."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0008_strikes")]

    operations = [
        migrations.AddField(
            model_name="benefit",
            name="is_piece",
            field=models.BooleanField(
                default=False,
                help_text="a thing that the union has already and that is handed over, without a "
                "bill; whoever hands it over is owed nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_piece", False),
                    models.Q(("is_partial", False), ("min_bill_fen", 0)),
                    _connector="OR",
                ),
                name="benefit_piece_is_whole",
            ),
        ),
    ]
