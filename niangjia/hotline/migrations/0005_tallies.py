"""Tallies by day, kept by the database in whatever transaction changes an order.

Every order is counted in one cell: the union that has or settled it, the day it was taken in (in
China), its topic, its channel. `selectors.tallies` counts the orders themselves; a test compares.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models

COUNT = """
CREATE FUNCTION hotline_tally(o hotline_workorder) RETURNS TABLE (
    union_id uuid, day date, topic_id uuid, channel text, taken int, settled int, on_time int,
    handed int, called int, rated int, satisfied int
) LANGUAGE sql STABLE AS $$
    SELECT o.unit_id, (o.opened_at AT TIME ZONE 'Asia/Shanghai')::date, o.topic_id, c.channel, 1,
        (o.handled_at IS NOT NULL)::int,
        (o.handled_at IS NOT NULL AND o.is_on_time IS TRUE)::int,
        (o.handled_at IS NOT NULL AND o.case_id IS NOT NULL)::int,
        (o.call_back IN ('reached', 'declined', 'not_reached', 'wrong_number')
            AND o.case_id IS NOT NULL)::int,
        (o.level IS NOT NULL)::int,
        (o.level IS NOT NULL AND o.level >= 3)::int
    FROM hotline_call c WHERE c.id = o.call_id
$$;

CREATE FUNCTION hotline_keep_tally() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was record;
    is_now record;
BEGIN
    SELECT * INTO is_now FROM hotline_tally(NEW);
    IF is_now.day IS NULL THEN
        RAISE EXCEPTION 'an order is changed as background work, which sees its call'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT * INTO was FROM hotline_tally(OLD);
        UPDATE hotline_daytally t SET taken = t.taken - was.taken, settled = t.settled - was.settled,
            on_time = t.on_time - was.on_time, handed = t.handed - was.handed,
            called = t.called - was.called, rated = t.rated - was.rated,
            satisfied = t.satisfied - was.satisfied
        WHERE t.union_id = was.union_id AND t.day = was.day AND t.topic_id = was.topic_id
            AND t.channel = was.channel;
    END IF;
    INSERT INTO hotline_daytally AS t (union_id, day, topic_id, channel,
        taken, settled, on_time, handed, called, rated, satisfied)
    VALUES (is_now.union_id, is_now.day, is_now.topic_id, is_now.channel, is_now.taken,
        is_now.settled, is_now.on_time, is_now.handed, is_now.called, is_now.rated,
        is_now.satisfied)
    ON CONFLICT (union_id, day, topic_id, channel) DO UPDATE SET taken = t.taken + excluded.taken,
        settled = t.settled + excluded.settled, on_time = t.on_time + excluded.on_time,
        handed = t.handed + excluded.handed, called = t.called + excluded.called,
        rated = t.rated + excluded.rated, satisfied = t.satisfied + excluded.satisfied;
    RETURN NULL;
END $$;

CREATE TRIGGER hotline_order_counted AFTER INSERT ON hotline_workorder
    FOR EACH ROW EXECUTE FUNCTION hotline_keep_tally();
CREATE TRIGGER hotline_order_recounted AFTER UPDATE ON hotline_workorder FOR EACH ROW
    WHEN ((OLD.unit_id, OLD.opened_at, OLD.topic_id, OLD.call_id, OLD.case_id, OLD.handled_at,
            OLD.is_on_time, OLD.call_back, OLD.level)
        IS DISTINCT FROM (NEW.unit_id, NEW.opened_at, NEW.topic_id, NEW.call_id, NEW.case_id,
            NEW.handled_at, NEW.is_on_time, NEW.call_back, NEW.level))
    EXECUTE FUNCTION hotline_keep_tally();
"""
UNDO_COUNT = """
DROP TRIGGER hotline_order_counted ON hotline_workorder;
DROP TRIGGER hotline_order_recounted ON hotline_workorder;
DROP FUNCTION hotline_keep_tally();
DROP FUNCTION hotline_tally(hotline_workorder);
"""

# The owner is bound by row-level security as well, and has no viewer.
PROTECTED = ("hotline_workorder", "hotline_call", "cases_case")
OPEN = "".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in PROTECTED)
SHUT = "".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in PROTECTED)
WHERE_IT_IS = """
UPDATE hotline_workorder o
SET unit_id = coalesce(o.handled_by_id, k.handler_id, l.union_id)
FROM hotline_workorder p
JOIN hotline_line l ON l.id = p.line_id LEFT JOIN cases_case k ON k.id = p.case_id
WHERE p.id = o.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
FROM_THE_START = """
INSERT INTO hotline_daytally (union_id, day, topic_id, channel,
    taken, settled, on_time, handed, called, rated, satisfied)
SELECT t.union_id, t.day, t.topic_id, t.channel, sum(t.taken), sum(t.settled), sum(t.on_time),
    sum(t.handed), sum(t.called), sum(t.rated), sum(t.satisfied)
FROM hotline_workorder o CROSS JOIN LATERAL hotline_tally(o) t
GROUP BY t.union_id, t.day, t.topic_id, t.channel;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0004_asked_online"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayTally",
            fields=[
                ("id", models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("channel", models.CharField(choices=[("phone", "Phone"), ("portal", "Message"), ("paper", "Letter on paper")], max_length=8)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("settled", models.PositiveIntegerField(default=0)),
                ("on_time", models.PositiveIntegerField(default=0)),
                ("handed", models.PositiveIntegerField(default=0)),
                ("called", models.PositiveIntegerField(default=0)),
                ("rated", models.PositiveIntegerField(default=0)),
                ("satisfied", models.PositiveIntegerField(default=0)),
                ("topic", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.topic")),
                ("union", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.union")),
            ],
            options={
                "indexes": [models.Index(fields=["day", "union"], name="hotline_tally_by_day")],
                "constraints": [models.UniqueConstraint(fields=("union", "day", "topic", "channel"), name="hotline_tally_once")],
            },
        ),
        migrations.AddField(
            model_name="workorder",
            name="unit",
            field=models.ForeignKey(help_text="which union has it, or settled it: where it is counted", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.union"),
        ),
        migrations.RunSQL(OPEN, SHUT),
        migrations.RunSQL(WHERE_IT_IS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="workorder",
            name="unit",
            field=models.ForeignKey(help_text="which union has it, or settled it: where it is counted", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.union"),
        ),
        migrations.AddIndex(
            model_name="workorder",
            index=django.contrib.postgres.indexes.GinIndex(fields=["accused_ids", "excluded_ids"], name="hotline_order_kept_from"),
        ),
        migrations.RunSQL(COUNT, UNDO_COUNT),
        migrations.RunSQL(FROM_THE_START, migrations.RunSQL.noop),
        migrations.RunSQL(SHUT, OPEN),
    ]
