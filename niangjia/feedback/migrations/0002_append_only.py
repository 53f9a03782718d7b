"""What was rated, done and said stays: triggers that refuse to change it.

Sealed words may be written anew (another key) or emptied (erasure), and so may the two columns of a
rating that lead to somebody; nothing else of these rows ever changes.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION feedback_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - TG_ARGV::text[] <> to_jsonb(OLD) - TG_ARGV::text[] THEN
        RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER order_step_stays BEFORE UPDATE OR DELETE ON feedback_orderstep
    FOR EACH ROW EXECUTE FUNCTION feedback_stays('words');
CREATE TRIGGER call_stays BEFORE UPDATE OR DELETE ON feedback_call
    FOR EACH ROW EXECUTE FUNCTION feedback_stays('words');
CREATE TRIGGER rating_stays BEFORE UPDATE OR DELETE ON feedback_rating
    FOR EACH ROW EXECUTE FUNCTION feedback_stays('words', 'is_named', 'device_digest');
"""

UNDO = """
DROP TRIGGER order_step_stays ON feedback_orderstep;
DROP TRIGGER call_stays ON feedback_call;
DROP TRIGGER rating_stays ON feedback_rating;
DROP FUNCTION feedback_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial"), ("members", "0004_tied_employers")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
