"""A late case that the union right above comes to share has all its marks already (migration 0020):
nobody has to work them out to find that nothing changed, which was two thirds of what such a case
cost the database. Rows from before 0020 get them here, because no passing up will write them.

An entry is found by its case through the constraint on its number, and by its union never.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

before = import_module("niangjia.cases.migrations.0010_search")

TRIGGER = """
DROP TRIGGER cases_search_follows ON cases_case;
CREATE TRIGGER cases_search_follows AFTER UPDATE ON cases_case FOR EACH ROW WHEN (
    (OLD.handler_path, OLD.item_id, OLD.assigned_to_id, OLD.person_digest, OLD.accused_ids)
    IS DISTINCT FROM
    (NEW.handler_path, NEW.item_id, NEW.assigned_to_id, NEW.person_digest, NEW.accused_ids)
    OR NOT (
        OLD.sharing_paths || left(NEW.handler_path, -14)::varchar @> NEW.sharing_paths
        AND NEW.sharing_paths || left(NEW.handler_path, -14)::varchar @> OLD.sharing_paths
    )
) EXECUTE FUNCTION cases_search_follows();
"""
UNDO = f"""
DROP TRIGGER cases_search_follows ON cases_case;
{before.TRIGGERS[before.TRIGGERS.index("CREATE TRIGGER cases_search_follows") :]}
"""
OLD_ROWS = """
UPDATE cases_casesearch s SET marks = cases_marks(c) FROM cases_case c
WHERE c.id = s.case_id AND NOT s.marks @> ARRAY[cases_mark('at:' || left(c.handler_path, -14))]
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_found_where_it_is_passed_up"),
        ("organisations", "0005_past_employers"),
    ]

    operations = [
        migrations.RunSQL(TRIGGER, UNDO),
        migrations.RunSQL(OLD_ROWS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="caseentry",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="caseentry",
            name="union",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.union",
            ),
        ),
    ]
