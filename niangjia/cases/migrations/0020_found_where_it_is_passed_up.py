"""A case that is passed up is found there without its row of the search being written anew.

Such a row has some hundred keys in one index, all of which are written when one of them changes:
four fifths of what a late case cost the database. So a case is marked from the beginning for the
union right above the one that has it, where it goes when it is late. A mark only narrows down which
cases are looked at: `cases_found` asks the case itself who shares it, and shows it no earlier.
Rows from before get the mark when they would have got it anyway.
"""

from importlib import import_module

from django.db import migrations

before = import_module("niangjia.cases.migrations.0010_search")

MARKS = """
CREATE OR REPLACE FUNCTION cases_marks(c cases_case) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT array_agg(DISTINCT mark) FROM (
        SELECT cases_week(c.id)
        UNION ALL SELECT cases_mark('below:' || left(p.path, e.length))
        FROM unnest(c.sharing_paths || c.handler_path) AS p(path),
             generate_series(14, length(p.path), 14) AS e(length)
        UNION ALL SELECT cases_mark('at:' || p.path)
        FROM unnest(c.sharing_paths || c.handler_path || left(c.handler_path, -14)) AS p(path)
        WHERE p.path <> ''
        UNION ALL SELECT cases_mark('item:' || c.item_id)
        UNION ALL SELECT cases_mark('officer:' || c.assigned_to_id)
        UNION ALL SELECT cases_mark('person:' || encode(c.person_digest, 'hex'))
        UNION ALL SELECT cases_mark('employer:' || a.id) FROM unnest(c.accused_ids) AS a(id)
    ) AS marks(mark) WHERE mark IS NOT NULL
$$;
"""
FOLLOWS = """
CREATE OR REPLACE FUNCTION cases_search_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    now_marked integer[] := cases_marks(NEW);
BEGIN
    UPDATE cases_casesearch SET marks = now_marked
    WHERE case_id = NEW.id AND marks IS DISTINCT FROM now_marked;
    RETURN NEW;
END $$;
"""
UNDO = before.MARKS[before.MARKS.index("CREATE FUNCTION cases_marks") :].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
UNDO_FOLLOWS = before.TRIGGERS[
    before.TRIGGERS.index("CREATE FUNCTION cases_search_follows") : before.TRIGGERS.index(
        "CREATE TRIGGER cases_search_follows"
    )
].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):

    dependencies = [("cases", "0019_fewer_indexes")]

    operations = [
        migrations.RunSQL(MARKS, UNDO),
        migrations.RunSQL(FOLLOWS, UNDO_FOLLOWS),
    ]
