"""The order of the opening seconds, and that by score, is published, and stays."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE TRIGGER order_stays BEFORE UPDATE OR DELETE ON allocation_servedorder
    FOR EACH ROW EXECUTE FUNCTION allocation_stays();
"""
UNDO = "DROP TRIGGER order_stays ON allocation_servedorder;"


class Migration(migrations.Migration):
    dependencies = [("allocation", "0012_what_claims_name_stays")]

    operations = [
        migrations.CreateModel(
            name="ServedOrder",
            fields=[
                (
                    "pool",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="served_order",
                        serialize=False,
                        to="allocation.pool",
                    ),
                ),
                ("file", models.TextField()),
            ],
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
