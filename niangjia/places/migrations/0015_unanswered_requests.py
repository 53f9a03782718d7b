from django.db import migrations, models
from django.db.models import Q

#: Two working days lie within four days; around a holiday the older ones wait no longer than that.
FILL = "UPDATE places_supplyrequest SET due_at = asked_at + interval '4 days'"


class Migration(migrations.Migration):
    dependencies = [("places", "0014_streets")]

    operations = [
        migrations.AddField(
            "supplyrequest", "due_at", models.DateTimeField(null=True)
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "supplyrequest",
            "due_at",
            models.DateTimeField(help_text="by when the union answers"),
        ),
        migrations.AddField(
            "supplyrequest",
            "raised_at",
            models.DateTimeField(help_text="when nobody had answered", null=True),
        ),
        migrations.AddField(
            "supplyrequest",
            "case_id",
            models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            "supplyrequest",
            "case_number",
            models.CharField(blank=True, default="", editable=False, max_length=16),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "supplyrequest",
            models.Index(
                fields=["due_at"],
                condition=Q(state="asked", raised_at=None),
                name="supply_request_waiting",
            ),
        ),
        migrations.AddConstraint(
            "supplyrequest",
            models.CheckConstraint(
                name="supply_request_case_has_number",
                condition=Q(case_id=None, case_number="")
                | Q(case_id__isnull=False, raised_at__isnull=False) & ~Q(case_number=""),
            ),
        ),
    ]
