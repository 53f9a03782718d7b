"""A letter that went out is never changed, but for the digest of its code when keys are rotated."""

from django.db import migrations

ROTATES = "(SELECT core_viewer_work()) = 'cases.rotation'"
OF_LETTERS = """
CREATE FUNCTION cases_letter_keeps_all_but_its_digest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND core_viewer_work() = 'cases.rotation'
        AND to_jsonb(NEW) - 'code_digest' = to_jsonb(OLD) - 'code_digest'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a letter that went out is never changed'
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
DO = (
    OF_LETTERS
    + f"""
DROP TRIGGER cases_caseletter_stays ON cases_caseletter;
CREATE TRIGGER cases_caseletter_stays BEFORE UPDATE OR DELETE ON cases_caseletter
    FOR EACH ROW EXECUTE FUNCTION cases_letter_keeps_all_but_its_digest();
ALTER POLICY cases_caseletter_update ON cases_caseletter USING ({ROTATES}) WITH CHECK ({ROTATES});
"""
)
UNDO = """
DROP TRIGGER cases_caseletter_stays ON cases_caseletter;
CREATE TRIGGER cases_caseletter_stays BEFORE UPDATE OR DELETE ON cases_caseletter
    FOR EACH ROW EXECUTE FUNCTION cases_letter_stays();
ALTER POLICY cases_caseletter_update ON cases_caseletter USING (false) WITH CHECK (false);
DROP FUNCTION cases_letter_keeps_all_but_its_digest();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_home_of_items")]

    operations = [migrations.RunSQL(DO, UNDO)]
