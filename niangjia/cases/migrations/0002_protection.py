"""Who may see which case, said by the database itself.

A case is shown to background work; to whoever may read it as its applicant; and to officers whose
reach covers the union that handles it or shares it, unless they are tied to an employer it accuses
or are themselves excluded. What belongs to a case is shown with it. Since 0003, a grant shows it too.
"""

from django.db import migrations

from niangjia.core.protection import enable

# A reach is the path of a union, for all below it, or the path and "=", for that union alone. The
# roles are those of `members.rules.permissions` that may handle cases; a test compares them.
FUNCTIONS = """
CREATE FUNCTION cases_reaches(asked uuid) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(CASE p.reach WHEN 'subtree' THEN u.path ELSE u.path || '=' END), '{}')
    FROM members_post p
    JOIN organisations_union u ON u.id = p.union_id AND u.status <> 'dissolved'
    JOIN members_account a ON a.id = p.account_id AND a.is_active
    WHERE p.account_id = asked AND p.ended_at IS NULL
      AND p.role IN ('chair', 'case_officer', 'hotline_agent')
$$;

CREATE FUNCTION cases_within(path text, sharing text[], reaches text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM unnest(reaches) AS reach
        WHERE starts_with(path || '=', reach)
           OR EXISTS (SELECT FROM unnest(sharing) AS shared WHERE starts_with(shared || '=', reach))
    )
$$;
"""
UNDO_FUNCTIONS = """
DROP FUNCTION cases_within(text, text[], text[]);
DROP FUNCTION cases_reaches(uuid);
"""

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
IS_OWNER = "owner_digest = (SELECT core_viewer_receipt())"
IS_OFFICER = """(
    cases_within(handler_path, sharing_paths, (SELECT cases_reaches(core_viewer_account())))
    AND (accused_ids = '{}'
         OR NOT accused_ids && (SELECT members_tied_employers(core_viewer_account())))
    AND NOT coalesce((SELECT core_viewer_account()) = ANY (excluded_ids), false)
)"""
CASE = f"{IS_WORK} OR {IS_OWNER} OR {IS_OFFICER}"
#: What an applicant reads of the timeline; officers and work read all of it.
ENTRY = f"""EXISTS (
    SELECT FROM cases_case c WHERE c.id = case_id
    AND (is_public OR c.owner_digest IS DISTINCT FROM (SELECT core_viewer_receipt()))
)"""
OF_A_CASE = "EXISTS (SELECT FROM cases_case c WHERE c.id = case_id)"

# Paths follow a union that moves, in the same transaction: not for one moment does a case lie where
# its union no longer is. Only background work sees all the cases that have to follow, so a union is
# moved in its name or not at all. The timeline is never changed.
TRIGGERS = """
CREATE FUNCTION cases_follow_union() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF core_viewer_work() IS NULL THEN
        RAISE EXCEPTION 'unions are moved as background work, which sees their cases'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE cases_case c SET handler_path = NEW.path WHERE c.handler_id = NEW.id;
    UPDATE cases_case c SET sharing_paths = array_replace(c.sharing_paths, OLD.path, NEW.path)
    FROM cases_caseunit s WHERE s.case_id = c.id AND s.union_id = NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_follow_union AFTER UPDATE OF path ON organisations_union
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION cases_follow_union();

CREATE FUNCTION cases_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the timeline of a case is never changed'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER cases_entry_stays BEFORE UPDATE OR DELETE ON cases_caseentry
    FOR EACH ROW EXECUTE FUNCTION cases_entry_stays();
CREATE TRIGGER cases_entries_stay BEFORE TRUNCATE ON cases_caseentry
    FOR EACH STATEMENT EXECUTE FUNCTION cases_entry_stays();
"""
UNDO_TRIGGERS = """
DROP TRIGGER cases_follow_union ON organisations_union;
DROP TRIGGER cases_entry_stays ON cases_caseentry;
DROP TRIGGER cases_entries_stay ON cases_caseentry;
DROP FUNCTION cases_follow_union();
DROP FUNCTION cases_entry_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("core", "0004_verified_scope"),
        ("members", "0004_tied_employers"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
        *enable("cases_case", read=CASE, write=CASE, delete="false"),
        *enable("cases_caseentry", read=ENTRY, write=OF_A_CASE, update="false", delete="false"),
        *enable("cases_caseunit", read=OF_A_CASE, write=OF_A_CASE, delete="false"),
        *enable(
            "cases_caselink",
            read=f"{OF_A_CASE} AND EXISTS (SELECT FROM cases_case o WHERE o.id = other_id)",
            write=OF_A_CASE,
        ),
        *enable("cases_casedraft", read=f"{IS_WORK} OR {IS_OWNER}", write=f"{IS_WORK} OR {IS_OWNER}"),
        migrations.RunSQL(TRIGGERS, UNDO_TRIGGERS),
    ]
