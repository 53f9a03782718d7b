"""A case is late from when the clock finds it so until somebody acts, whether or not there is a
union above to be called: so far only the call was kept, and the country's own union had no late
cases.

What is late now has been since its term was last broken: where a union was called, or where nobody
has taken a step, taken it over or given it on since.
"""

from django.db import migrations, models

LATE_NOW = """
UPDATE cases_case c SET late_at = broken.at
FROM (
    SELECT DISTINCT ON (e.case_id) e.case_id, e.at, e.number FROM cases_caseentry e
    JOIN cases_case late ON late.id = e.case_id
    WHERE e.kind = 'breached' AND late.breaches > 0 AND late.state IN ('open', 'paused')
    ORDER BY e.case_id, e.number DESC
) AS broken
WHERE broken.case_id = c.id AND (
    c.raised_to_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM cases_caseentry later
        WHERE later.case_id = c.id AND later.number > broken.number
          AND later.kind IN ('step', 'taken_over', 'transferred', 'objected', 'reopened')
    )
)
"""
CALLED = """
UPDATE cases_case SET late_at = changed_at WHERE raised_to_id IS NOT NULL AND late_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_late_by_an_index"),
        ("organisations", "0005_past_employers"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="late_at",
            field=models.DateTimeField(
                help_text="when the clock found a term broken; until somebody acts", null=True
            ),
        ),
        migrations.RunSQL(LATE_NOW, migrations.RunSQL.noop),
        migrations.RunSQL(CALLED, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="case", name="case_queue_late"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("late_at__isnull", False), ("state__in", ["open", "paused"])
                ),
                fields=["next_due_at", "id"],
                name="case_queue_late",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("raised_to__isnull", True), ("late_at__isnull", False), _connector="OR"
                ),
                name="case_raised_is_late",
            ),
        ),
    ]
