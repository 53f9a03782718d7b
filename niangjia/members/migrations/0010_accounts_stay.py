"""An account is closed, never deleted, and keeps its id: what was done by it names it for good. So
whoever names an account that was there names one that is there, and tables that thousands of rows a
second go into need not ask the database about each."""

from django.db import migrations

GUARD = """
CREATE FUNCTION members_account_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an account is closed, never deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER account_stays BEFORE DELETE OR UPDATE OF id ON members_account
    FOR EACH ROW EXECUTE FUNCTION members_account_stays();
"""
UNDO = """
DROP TRIGGER account_stays ON members_account;
DROP FUNCTION members_account_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0009_workplace")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
