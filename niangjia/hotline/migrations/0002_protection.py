"""Who may see which call and which work order, said by the database itself (promises 1 and 2).

A line's calls and orders are shown to background work, to whoever wrote a message themselves, and
to those who answer that line, unless they are tied to an employer that came up or are themselves
excluded. An order is also shown to whoever is shown its case. `selectors.visible_calls` and
`selectors.visible_orders` say the same in Python.
"""

from django.db import migrations

from niangjia.core.protection import enable

# The roles are those of `members.rules.permissions` that may answer the hotline; a test compares
# them.
FUNCTIONS = """
CREATE FUNCTION hotline_lines(asked uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT l.id), '{}')
    FROM hotline_line l
    JOIN organisations_union at ON at.id = l.union_id
    JOIN organisations_union u ON starts_with(at.path, u.path) AND u.status <> 'dissolved'
    JOIN members_post p ON p.union_id = u.id AND (p.reach = 'subtree' OR u.id = at.id)
    JOIN members_account a ON a.id = p.account_id AND a.is_active
    WHERE p.account_id = asked AND p.ended_at IS NULL AND p.role IN ('chair', 'hotline_agent')
$$;
"""

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
IS_WRITER = "owner_digest = (SELECT core_viewer_receipt())"
IS_OF_LINE = "ARRAY[line_id] && (SELECT hotline_lines(core_viewer_account()))"
IS_FORBIDDEN = """(
    (accused_ids <> '{}' AND accused_ids && (SELECT members_tied_employers(core_viewer_account())))
    OR coalesce((SELECT core_viewer_account()) = ANY (excluded_ids), false)
)"""
CALL = f"{IS_WORK} OR {IS_WRITER} OR ({IS_OF_LINE} AND NOT {IS_FORBIDDEN})"
ORDER = f"""{IS_WORK}
    OR ({IS_OF_LINE} AND NOT {IS_FORBIDDEN})
    OR EXISTS (SELECT FROM cases_case k WHERE k.id = case_id)
    OR EXISTS (SELECT FROM hotline_call c WHERE c.id = call_id AND c.{IS_WRITER})"""
OF_CALL = "EXISTS (SELECT FROM hotline_call c WHERE c.id = call_id)"

# Whoever changes whom a case accuses may see the case and not the call; only background work sees
# all that has to follow, so it is changed in its name or not at all.
TRIGGER = """
CREATE FUNCTION hotline_follow_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF core_viewer_work() IS NULL THEN
        RAISE EXCEPTION 'whom a case accuses is changed as background work, which sees its calls'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE hotline_call c
    SET accused_ids = ARRAY(SELECT DISTINCT unnest(c.accused_ids || NEW.accused_ids)),
        excluded_ids = ARRAY(SELECT DISTINCT unnest(c.excluded_ids || NEW.excluded_ids))
    FROM hotline_workorder o WHERE o.case_id = NEW.id AND o.call_id = c.id;
    UPDATE hotline_workorder o
    SET accused_ids = NEW.accused_ids, excluded_ids = NEW.excluded_ids WHERE o.case_id = NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_follow_case AFTER UPDATE OF accused_ids, excluded_ids ON cases_case
    FOR EACH ROW WHEN (OLD.accused_ids <> NEW.accused_ids OR OLD.excluded_ids <> NEW.excluded_ids)
    EXECUTE FUNCTION hotline_follow_case();
"""
UNDO_TRIGGER = """
DROP TRIGGER hotline_follow_case ON cases_case;
DROP FUNCTION hotline_follow_case();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0001_initial"),
        ("cases", "0003_guards"),
        ("core", "0004_verified_scope"),
        ("members", "0004_tied_employers"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION hotline_lines(uuid)"),
        *enable("hotline_call", read=CALL, write=CALL, delete="false"),
        *enable("hotline_workorder", read=ORDER, write=ORDER, delete="false"),
        *enable("hotline_handover", read=OF_CALL, write=OF_CALL, delete="false"),
        migrations.RunSQL(TRIGGER, UNDO_TRIGGER),
    ]
