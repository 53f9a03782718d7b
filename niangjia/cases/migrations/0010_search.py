"""Searching cases: what they are found by, and the one door through which it is asked (ADR 64)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from niangjia.core.protection import enable

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"

# A mark is what stands for a thing among the others of a row: 32 bits of its name. What two things
# share by chance costs a row that is looked at and left, never one that is shown: `cases_found`
# looks at the case itself. A place is every union on the way down to one that has or shares it.
MARKS = """
CREATE FUNCTION cases_mark(named text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN ('x' || encode(substr(sha256(convert_to(named, 'UTF8')), 1, 4), 'hex'))::bit(32)::integer;

CREATE FUNCTION cases_week(id uuid) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN floor(extract(epoch FROM uuid_extract_timestamp(id)) / 604800)::integer;

CREATE FUNCTION cases_marks(c cases_case) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT array_agg(DISTINCT mark) FROM (
        SELECT cases_week(c.id)
        UNION ALL SELECT cases_mark('below:' || left(p.path, e.length))
        FROM unnest(c.sharing_paths || c.handler_path) AS p(path),
             generate_series(14, length(p.path), 14) AS e(length)
        UNION ALL SELECT cases_mark('at:' || p.path)
        FROM unnest(c.sharing_paths || c.handler_path) AS p(path)
        UNION ALL SELECT cases_mark('item:' || c.item_id)
        UNION ALL SELECT cases_mark('officer:' || c.assigned_to_id)
        UNION ALL SELECT cases_mark('person:' || encode(c.person_digest, 'hex'))
        UNION ALL SELECT cases_mark('employer:' || a.id) FROM unnest(c.accused_ids) AS a(id)
    ) AS marks(mark) WHERE mark IS NOT NULL
$$;
"""
UNDO_MARKS = """
DROP FUNCTION cases_marks(cases_case);
DROP FUNCTION cases_week(uuid);
DROP FUNCTION cases_mark(text);
"""

# As the owner of the tables, because an officer who moves a case sees no row of the search.
TRIGGERS = """
CREATE FUNCTION cases_search_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT cases_marks(c) INTO NEW.marks FROM cases_case c WHERE c.id = NEW.case_id;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_search_begins BEFORE INSERT ON cases_casesearch
    FOR EACH ROW EXECUTE FUNCTION cases_search_begins();

CREATE FUNCTION cases_search_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE cases_casesearch SET marks = cases_marks(NEW) WHERE case_id = NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_search_follows AFTER UPDATE ON cases_case FOR EACH ROW WHEN (
    (OLD.handler_path, OLD.sharing_paths, OLD.item_id, OLD.assigned_to_id, OLD.person_digest,
     OLD.accused_ids) IS DISTINCT FROM
    (NEW.handler_path, NEW.sharing_paths, NEW.item_id, NEW.assigned_to_id, NEW.person_digest,
     NEW.accused_ids)
) EXECUTE FUNCTION cases_search_follows();
"""
UNDO_TRIGGERS = """
DROP TRIGGER cases_search_follows ON cases_case;
DROP TRIGGER cases_search_begins ON cases_casesearch;
DROP FUNCTION cases_search_follows();
DROP FUNCTION cases_search_begins();
"""

# Under row-level security an index of arrays cannot be asked: the policy has to be looked at
# first, row by row. So the owner asks it here, for the viewer the database has verified, under the
# rule of migration 0003 once more (a grant opens one case by its number and is no hit). Nothing
# else comes out than ids in that viewer's reach; what lies outside counts for no page and no
# number. Weeks are walked from the newest and the walk ends with the page.
FOUND = """
CREATE FUNCTION cases_found(
    asked integer[], persons bytea[], item uuid, employers uuid[], officer uuid, place text,
    states text[], since timestamptz, until timestamptz, before uuid, most integer
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 26
SET search_path = public, pg_temp SET row_security = off SET jit = off
SET plan_cache_mode = force_custom_plan SET enable_seqscan = off AS $$
DECLARE
    viewer uuid := core_viewer_account();
    reaches text[] := cases_reaches(viewer);
    tied uuid[] := members_tied_employers(viewer);
    places integer[];
    people integer[];
    accused integer[];
    needed integer[] := array_remove(ARRAY[
        cases_mark('item:' || item), cases_mark('officer:' || officer), cases_mark('at:' || place)
    ], NULL);
    newest integer;
    oldest integer;
BEGIN
    IF viewer IS NULL OR reaches = '{}' THEN
        RETURN;
    END IF;
    SELECT array_agg(cases_mark(
        CASE WHEN right(r, 1) = '=' THEN 'at:' || rtrim(r, '=') ELSE 'below:' || r END
    )) INTO places FROM unnest(reaches) AS r;
    SELECT array_agg(cases_mark('person:' || encode(p, 'hex'))) INTO people
    FROM unnest(persons) AS p;
    SELECT array_agg(cases_mark('employer:' || e)) INTO accused FROM unnest(employers) AS e;
    SELECT cases_week(id) INTO newest FROM cases_case ORDER BY id DESC LIMIT 1;
    SELECT cases_week(id) INTO oldest FROM cases_case ORDER BY id LIMIT 1;
    newest := least(newest, cases_week(before), ceil(extract(epoch FROM until) / 604800));
    oldest := greatest(oldest, floor(extract(epoch FROM since) / 604800)::integer);
    RETURN QUERY
    SELECT found.id FROM generate_series(newest, oldest, -1) AS weeks(week)
    CROSS JOIN LATERAL (
        SELECT c.id FROM cases_casesearch s JOIN cases_case c ON c.id = s.case_id
        WHERE s.marks @> (needed || weeks.week) AND s.marks && places
          AND (asked IS NULL OR s.words @> asked)
          AND (people IS NULL OR s.marks && people)
          AND (accused IS NULL OR s.marks && accused)
          AND cases_within(c.handler_path, c.sharing_paths, reaches)
          AND NOT c.accused_ids && tied AND NOT viewer = ANY (c.excluded_ids)
          AND (persons IS NULL OR c.person_digest = ANY (persons))
          AND (item IS NULL OR c.item_id = item)
          AND (employers IS NULL OR c.accused_ids && employers)
          AND (officer IS NULL OR c.assigned_to_id = officer)
          AND (place IS NULL OR c.handler_path = place)
          AND (states IS NULL OR c.state = ANY (states))
          AND (since IS NULL OR c.opened_at >= since)
          AND (until IS NULL OR c.opened_at < until)
          AND (before IS NULL OR c.id < before)
        ORDER BY c.id DESC LIMIT most
    ) AS found
    LIMIT most;
END $$;
"""
UNDO_FOUND = """
DROP FUNCTION cases_found(
    integer[], bytea[], uuid, uuid[], uuid, text, text[], timestamptz, timestamptz, uuid, integer
);
"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0009_catalogue")]

    operations = [
        migrations.CreateModel(
            name="CaseSearch",
            fields=[
                ("case", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="cases.case")),
                ("words", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ("marks", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ("made_under", models.PositiveSmallIntegerField(help_text="the suite and the digest key of the words: see `selectors.search_terms`")),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["words", "marks"], name="case_search_keys"), models.Index(fields=["made_under"], name="case_search_made_under")],
            },
        ),
        *enable("cases_casesearch", read=IS_WORK, write=IS_WORK, delete="false"),
        migrations.RunSQL(MARKS, UNDO_MARKS),
        migrations.RunSQL(TRIGGERS, UNDO_TRIGGERS),
        migrations.RunSQL(FOUND, UNDO_FOUND),
    ]
