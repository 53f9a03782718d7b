"""The rule of who is tied to which employer, where row-level security can ask it."""

from django.db import migrations

# A union is its employers' union, and so is every union below it: what lies above employers'
# unions (federations) has no employers. Paths have fourteen characters a union. Two records of one
# name are one employer: a complaint may name it before anybody has registered it with its code.
TIED = """
CREATE FUNCTION members_tied_employers(asked uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE place AS (
        SELECT u.path FROM members_post p JOIN organisations_union u ON u.id = p.union_id
        WHERE p.account_id = asked
          AND (p.ended_at IS NULL OR p.ended_at > now() - interval '24 months')
        UNION
        SELECT u.path FROM members_account a
        JOIN members_membership m ON m.person_id = a.person_id AND m.status <> 'ended'
        JOIN organisations_union u ON u.id = m.union_id
        WHERE a.id = asked
    ), tied AS (
        SELECT l.employer_id AS id
        FROM place, generate_series(14, length(place.path), 14) AS e(length)
        JOIN LATERAL (
            SELECT id FROM organisations_union WHERE path = left(place.path, e.length)
        ) AS above ON true
        JOIN organisations_union_employers l ON l.union_id = above.id
        UNION
        SELECT e.id FROM members_account a
        JOIN members_membership m ON m.person_id = a.person_id AND m.status <> 'ended'
        JOIN organisations_employer e ON e.name = m.employer_name
        WHERE a.id = asked AND m.employer_name <> ''
        UNION
        SELECT employer_id FROM members_employertie WHERE account_id = asked AND lifted_at IS NULL
        UNION
        SELECT other.id
        FROM tied JOIN organisations_employer e ON e.id = tied.id
        JOIN LATERAL (
            SELECT e.merged_into_id AS id WHERE e.merged_into_id IS NOT NULL
            UNION ALL
            SELECT id FROM organisations_employer WHERE merged_into_id = e.id
            UNION ALL
            SELECT id FROM organisations_employer WHERE name = e.name
        ) AS other ON true
    )
    SELECT coalesce(array_agg(id), '{}') FROM tied
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_employer_ties"),
        ("organisations", "0003_merged_employers"),
    ]

    operations = [migrations.RunSQL(TIED, "DROP FUNCTION members_tied_employers(uuid)")]
