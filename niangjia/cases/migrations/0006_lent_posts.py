"""A post that was lent reaches no case after its end, whether or not anybody has ended it yet."""

from django.db import migrations

REACHES = """
CREATE OR REPLACE FUNCTION cases_reaches(asked uuid) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(CASE p.reach WHEN 'subtree' THEN u.path ELSE u.path || '=' END), '{}')
    FROM members_post p
    JOIN organisations_union u ON u.id = p.union_id AND u.status <> 'dissolved'
    JOIN members_account a ON a.id = p.account_id AND a.is_active
    WHERE p.account_id = asked AND p.ended_at IS NULL AND (p.until IS NULL OR p.until > now())
      AND p.role IN ('chair', 'case_officer', 'hotline_agent', 'stand_in')
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION cases_reaches(asked uuid) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(CASE p.reach WHEN 'subtree' THEN u.path ELSE u.path || '=' END), '{}')
    FROM members_post p
    JOIN organisations_union u ON u.id = p.union_id AND u.status <> 'dissolved'
    JOIN members_account a ON a.id = p.account_id AND a.is_active
    WHERE p.account_id = asked AND p.ended_at IS NULL
      AND p.role IN ('chair', 'case_officer', 'hotline_agent')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_linked_cases"),
        ("members", "0006_substitutions"),
    ]

    operations = [migrations.RunSQL(REACHES, BEFORE)]
