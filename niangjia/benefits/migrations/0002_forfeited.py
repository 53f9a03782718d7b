"""What is lost by using a coupon in one go, kept apart from what is left: a part of the purchase that
comes back no longer makes it usable again."""

from django.db import migrations, models

#: Until now what was left of such a coupon stood on it, and its state alone said that it was lost.
KEEP = """
    UPDATE benefits_redemption bought SET forfeited_fen = coupon.left_fen
    FROM benefits_coupon coupon
    WHERE coupon.id = bought.coupon_id AND coupon.state = 'used' AND coupon.left_fen > 0
      AND bought.id = (SELECT each.id FROM benefits_redemption each
                       WHERE each.coupon_id = coupon.id ORDER BY each.at DESC, each.id DESC LIMIT 1);
    UPDATE benefits_coupon SET forfeited_fen = left_fen WHERE state = 'used' AND left_fen > 0;
"""


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="coupon",
            name="forfeited_fen",
            field=models.PositiveIntegerField(
                default=0, help_text="of what is left, what was lost by using it in one go"
            ),
        ),
        migrations.AddField(
            model_name="redemption",
            name="forfeited_fen",
            field=models.PositiveIntegerField(
                default=0, help_text="what was lost with it, of a coupon that is used in one go"
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(("forfeited_fen__lte", models.F("left_fen"))),
                name="coupon_forfeited_within_left",
            ),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
