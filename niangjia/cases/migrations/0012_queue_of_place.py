"""The rule of who reads a case costs a row less than a microsecond, and queues of small places are
read from their own index. What the rule says stays as it is (migrations 0002, 0003)."""

from django.db import migrations, models

# Written so that PostgreSQL puts it into the statement instead of calling it for each row.
WITHIN = """
CREATE FUNCTION cases_shared_within(sharing text[], reaches text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM unnest(sharing) AS shared, unnest(reaches) AS reach
        WHERE starts_with(shared || '=', reach)
    )
$$;
CREATE OR REPLACE FUNCTION cases_within(path text, sharing text[], reaches text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (path || '=') ^@ ANY (reaches)
        OR (sharing <> '{}' AND cases_shared_within(sharing, reaches))
$$;
"""
WITHIN_BEFORE = """
CREATE OR REPLACE FUNCTION cases_within(path text, sharing text[], reaches text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM unnest(reaches) AS reach
        WHERE starts_with(path || '=', reach)
           OR EXISTS (SELECT FROM unnest(sharing) AS shared WHERE starts_with(shared || '=', reach))
    )
$$;
DROP FUNCTION cases_shared_within(text[], text[]);
"""

REACHES = "(SELECT cases_reaches(core_viewer_account()))"
IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
IS_APPLICANT = "owner_digest = (SELECT core_viewer_receipt())"
#: What `cases_within` says; a question within an argument keeps it from being put in by itself.
IS_WITHIN_REACH = f"""((handler_path || '=') ^@ ANY ({REACHES}::text[])
    OR (sharing_paths <> '{{}}' AND cases_shared_within(sharing_paths, {REACHES})))"""
WITHIN_REACH_BEFORE = f"cases_within(handler_path, sharing_paths, {REACHES})"
IS_GRANTED = "ARRAY[id] && (SELECT cases_granted(core_viewer_account()))"
IS_FORBIDDEN = """(
    (accused_ids <> '{}' AND accused_ids && (SELECT members_tied_employers(core_viewer_account())))
    OR coalesce((SELECT core_viewer_account()) = ANY (excluded_ids), false)
)"""


def read(within: str) -> str:
    """The policy, with the words in which it says what lies within reach."""
    rule = f"(({within} OR {IS_GRANTED}) AND NOT {IS_FORBIDDEN})"
    return f"ALTER POLICY cases_case_read ON cases_case USING ({IS_WORK} OR {IS_APPLICANT} OR {rule})"


class Migration(migrations.Migration):

    dependencies = [("cases", "0011_files")]

    operations = [
        migrations.RunSQL(WITHIN, WITHIN_BEFORE),
        migrations.RunSQL(read(IS_WITHIN_REACH), read(WITHIN_REACH_BEFORE)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("state__in", ["open", "paused"])), fields=["handler_path", "next_due_at", "id"], name="case_queue_of_place"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("is_urgent", True), ("state__in", ["open", "paused"])), fields=["next_due_at", "id"], name="case_queue_urgent"),
        ),
    ]
