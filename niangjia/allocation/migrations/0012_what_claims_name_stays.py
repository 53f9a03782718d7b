"""A claim names an account and a pool that were read in its transaction and are never deleted
(members 0010, and below for pools). Asking the database again about each claim, one after the other
and while the stock is held, was a tenth of what a claim costs (docs/adr/0150)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION allocation_pool_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a pool is called off, never deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER pool_stays BEFORE DELETE OR UPDATE OF id ON allocation_pool
    FOR EACH ROW EXECUTE FUNCTION allocation_pool_stays();
"""
UNDO = """
DROP TRIGGER pool_stays ON allocation_pool;
DROP FUNCTION allocation_pool_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("allocation", "0011_entries_of_teams"),
        ("members", "0010_accounts_stay"),
    ]

    operations = [
        migrations.RunSQL(GUARD, UNDO),
        migrations.AlterField(
            model_name="claim",
            name="pool",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="allocation.pool",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
