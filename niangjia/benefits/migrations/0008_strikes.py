"""Redemptions that a union strikes: two persons, and what the merchant objects."""

import django.db.models.deletion
from django.db import migrations, models

import niangjia.core.ids

OPEN = ("struck", "objected")
STANDING = ("proposed", "struck", "objected", "final")


class Migration(migrations.Migration):
    dependencies = [("benefits", "0007_redemption_watch")]

    operations = [
        migrations.CreateModel(
            name="Strike",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=niangjia.core.ids.UUIDv7(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed; waits for a second person"),
                            ("dropped", "Not struck"),
                            ("struck", "Struck; the merchant can object"),
                            ("objected", "The merchant objects"),
                            ("final", "Struck for good"),
                            ("lifted", "Lifted: it is owed again"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("signal", "What looked odd, and was judged as abuse"),
                            ("complaint", "A complaint of the coupon's holder"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "is_party",
                    models.BooleanField(
                        help_text="the coupon's holder had a part in it, and is no victim"
                    ),
                ),
                (
                    "reason",
                    models.CharField(help_text="merchant and holder read it", max_length=300),
                ),
                (
                    "amount_fen",
                    models.PositiveIntegerField(default=0, help_text="what was struck"),
                ),
                (
                    "has_blocked",
                    models.BooleanField(
                        default=False, help_text="it is what blocked the coupon"
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by_id", models.UUIDField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by_id",
                    models.UUIDField(help_text="who confirmed it, or did not", null=True),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True, help_text="why it was not struck", max_length=300
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="until when the merchant can object, then the union answers",
                        null=True,
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(
                        help_text="when the answer was told to be late", null=True
                    ),
                ),
                ("objection", models.CharField(blank=True, max_length=500)),
                ("objected_at", models.DateTimeField(null=True)),
                ("objected_by_id", models.UUIDField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_by_id", models.UUIDField(null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="since when it is final, or lifted", null=True
                    ),
                ),
                (
                    "redemption",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strikes",
                        to="benefits.redemption",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["redemption"], name="strike_by_redemption"),
                    models.Index(
                        condition=models.Q(("state__in", OPEN)),
                        fields=["due_at"],
                        name="strike_to_end",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", STANDING)),
                        fields=("redemption",),
                        name="strike_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "dropped"]),
                            models.Q(
                                ("amount_fen__gte", 1),
                                ("decided_by_id__isnull", False),
                                models.Q(
                                    ("decided_by_id", models.F("proposed_by_id")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="strike_by_two",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="refund", name="refund_of_something"),
        migrations.AlterField(
            model_name="refund",
            name="cashier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="benefits.cashier",
            ),
        ),
        migrations.AlterField(
            model_name="refund", name="amount_fen", field=models.IntegerField()
        ),
        migrations.AddField(
            model_name="refund",
            name="strike",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refunds",
                to="benefits.strike",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.UniqueConstraint(
                fields=("strike", "key"), name="refund_once_a_strike"
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount_fen__gte", 1),
                        ("cashier__isnull", False),
                        ("strike__isnull", True),
                    ),
                    models.Q(
                        ("cashier__isnull", True),
                        ("strike__isnull", False),
                        models.Q(("amount_fen", 0), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="refund_of_something",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="statementline", name="statement_line_of_one_thing"
        ),
        migrations.AlterField(
            model_name="statementline",
            name="amount_fen",
            field=models.BigIntegerField(help_text="what counts against it is negative"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount_fen__gt", 0),
                        ("redemption__isnull", False),
                        ("refund__isnull", True),
                    ),
                    models.Q(
                        ("redemption__isnull", True),
                        ("refund__isnull", False),
                        models.Q(("amount_fen", 0), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="statement_line_of_one_thing",
            ),
        ),
        migrations.AlterField(
            model_name="coupon",
            name="forfeited_fen",
            field=models.PositiveIntegerField(
                default=0,
                help_text="of what is left, what was lost by using it in one go, or is held",
            ),
        ),
    ]
