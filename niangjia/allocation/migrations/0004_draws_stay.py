"""What was published of a draw stays, and a value is one that two people have read."""

from django.db import migrations

GUARD = """
CREATE FUNCTION allocation_draw_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    changed text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a draw is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        -- What has a value keeps it; who asks that a draw shall not count may still change.
        before := jsonb_strip_nulls(to_jsonb(OLD)) - 'void_reason' - 'void_asked_by_id';
        SELECT key INTO changed FROM jsonb_each(before) WHERE value <> to_jsonb(NEW) -> key LIMIT 1;
        IF changed IS NOT NULL THEN
            RAISE EXCEPTION '% of a draw is never changed', changed
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF OLD.voided_at IS NOT NULL AND NEW.void_reason <> OLD.void_reason THEN
            RAISE EXCEPTION 'a void draw stays' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    IF NEW.value IS NOT NULL AND 2 > (
        SELECT count(DISTINCT by_id) FROM allocation_valuereading
        WHERE draw_id = NEW.id AND value = NEW.value
    ) THEN
        RAISE EXCEPTION 'a value is read by two' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draw_stays BEFORE INSERT OR UPDATE OR DELETE ON allocation_draw
    FOR EACH ROW EXECUTE FUNCTION allocation_draw_stays();

CREATE FUNCTION allocation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := coalesce(TG_ARGV, '{}');
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
        RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER reading_stays BEFORE UPDATE OR DELETE ON allocation_valuereading
    FOR EACH ROW EXECUTE FUNCTION allocation_stays();
CREATE TRIGGER line_stays BEFORE UPDATE OR DELETE ON allocation_drawline
    FOR EACH ROW EXECUTE FUNCTION allocation_stays('nonce', 'rank', 'has_won');
"""

UNDO = """
DROP TRIGGER draw_stays ON allocation_draw;
DROP TRIGGER reading_stays ON allocation_valuereading;
DROP TRIGGER line_stays ON allocation_drawline;
DROP FUNCTION allocation_draw_stays();
DROP FUNCTION allocation_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("allocation", "0003_draws")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
