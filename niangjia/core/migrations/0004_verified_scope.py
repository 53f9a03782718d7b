"""Who is looking, said by the app under a key, believed by the database only when it verifies.

`core_view` takes what the app signed, checks it once, and leaves a seal in the setting
`niangjia.viewer` that holds in this transaction of this session only. The functions that policies
call check the seal. The keys lie in `core_scopekey`, which only its owner reads; the functions run
as that owner (ADR 60).
"""

from django.db import migrations

KEYS = """
CREATE TABLE core_scopekey (
    number text PRIMARY KEY,
    -- The key XORed with HMAC's pads (RFC 2104), so that sha256() is all a code takes.
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);
REVOKE ALL ON core_scopekey FROM PUBLIC;
"""

FUNCTIONS = """
CREATE FUNCTION core_scope_code(key_number text, message text) RETURNS bytea
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    key public.core_scopekey;
BEGIN
    SELECT * INTO key FROM public.core_scopekey WHERE number = key_number;
    RETURN sha256(key.outer_pad || sha256(key.inner_pad || convert_to(message, 'UTF8')));
END $$;
REVOKE ALL ON FUNCTION core_scope_code(text, text) FROM PUBLIC;

-- A seal holds for one viewer in this transaction of this session of this database.
CREATE FUNCTION core_scope_seal(key_number text, viewer text) RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
RETURN encode(public.core_scope_code(key_number, format(
    'seal %s %s %s %s', viewer, pg_backend_pid(), current_database(),
    extract(epoch FROM transaction_timestamp())
)), 'hex');
REVOKE ALL ON FUNCTION core_scope_seal(text, text) FROM PUBLIC;

CREATE FUNCTION core_view(kind text, subject text, expires bigint, key_number text, code bytea)
RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    viewer text := kind || ' ' || subject || ' ' || key_number;
    before text := coalesce(current_setting('niangjia.viewer', true), '');
    ours bytea := public.core_scope_code(key_number, format(
        'token %s %s %s %s', viewer, expires, pg_backend_pid(), current_database()
    ));
BEGIN
    IF ours IS NULL THEN
        RAISE EXCEPTION 'the viewer is signed under a key this database does not know'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF code IS NULL OR sha256(code) <> sha256(ours) THEN
        RAISE EXCEPTION 'the viewer is not signed for this session'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF expires < extract(epoch FROM clock_timestamp()) THEN
        RAISE EXCEPTION 'what the viewer was signed for has expired'
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'The clocks of application and database must agree.';
    END IF;
    PERFORM set_config(
        'niangjia.viewer', viewer || ' ' || public.core_scope_seal(key_number, viewer), true
    );
    RETURN before;
END $$;

-- The subject, when the viewer is of this kind and its seal holds here and now.
CREATE FUNCTION core_viewer(wanted text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said text := current_setting('niangjia.viewer', true);
    part text[];
    seal text;
BEGIN
    IF said IS NULL OR NOT starts_with(said, wanted || ' ') THEN
        RETURN NULL;
    END IF;
    part := string_to_array(said, ' ');
    seal := public.core_scope_seal(part[3], concat_ws(' ', part[1], part[2], part[3]));
    -- Digests are compared, so that the time it takes tells nothing about the seal.
    IF sha256(seal::bytea) = sha256(convert_to(part[4], 'UTF8')) THEN
        RETURN part[2];
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION core_viewer_account() RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN core_viewer('account')::uuid;

CREATE FUNCTION core_viewer_receipt() RETURNS bytea
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN decode(core_viewer('receipt'), 'hex');

CREATE FUNCTION core_viewer_work() RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN core_viewer('work');
"""

UNDO = """
DROP FUNCTION core_viewer_work();
DROP FUNCTION core_viewer_receipt();
DROP FUNCTION core_viewer_account();
DROP FUNCTION core_viewer(text);
DROP FUNCTION core_view(text, text, bigint, text, bytea);
DROP FUNCTION core_scope_seal(text, text);
DROP FUNCTION core_scope_code(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_unlogged_counts")]

    operations = [
        migrations.RunSQL(KEYS, "DROP TABLE core_scopekey"),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
