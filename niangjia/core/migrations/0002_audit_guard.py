"""The audit chain's lanes, and triggers that refuse to change what was written."""

from django.db import migrations

LANES = """
INSERT INTO core_auditlane (lane, number, mac)
SELECT lane, 0, decode(lpad(to_hex(lane), 64, '0'), 'hex') FROM generate_series(0, 63) AS lane;
"""

GUARD = """
CREATE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit chain is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION core_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.lane <> OLD.lane OR NEW.number <> OLD.number + 1 THEN
        RAISE EXCEPTION 'an audit lane moves forward by one' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER audit_entries_stay BEFORE TRUNCATE ON core_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER audit_lane_stays BEFORE DELETE ON core_auditlane
    FOR EACH ROW EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER audit_lanes_stay BEFORE TRUNCATE ON core_auditlane
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER audit_lane_forward BEFORE UPDATE ON core_auditlane
    FOR EACH ROW EXECUTE FUNCTION core_audit_forward();
"""

UNDO = """
DROP TRIGGER audit_entry_stays ON core_auditentry;
DROP TRIGGER audit_entries_stay ON core_auditentry;
DROP TRIGGER audit_lane_stays ON core_auditlane;
DROP TRIGGER audit_lanes_stay ON core_auditlane;
DROP TRIGGER audit_lane_forward ON core_auditlane;
DROP FUNCTION core_audit_refuse();
DROP FUNCTION core_audit_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(LANES, "DELETE FROM core_auditlane"),
        migrations.RunSQL(GUARD, UNDO),
    ]
