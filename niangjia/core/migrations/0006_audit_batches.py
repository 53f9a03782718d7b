"""Entries that are written together move their lane on by as many: the verifier finds a gap."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION core_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.lane <> OLD.lane OR NEW.number <= OLD.number THEN
        RAISE EXCEPTION 'an audit lane only moves forward' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""
BY_ONE = """
CREATE OR REPLACE FUNCTION core_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.lane <> OLD.lane OR NEW.number <> OLD.number + 1 THEN
        RAISE EXCEPTION 'an audit lane moves forward by one' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_stored_files")]

    operations = [migrations.RunSQL(FORWARD, BY_ONE)]
