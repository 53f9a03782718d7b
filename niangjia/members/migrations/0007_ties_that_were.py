"""Who is tied to an employer, once more: what somebody was tied by does not end with a link that is
removed, a name that is changed or a membership that moves (promise 1)."""

from importlib import import_module

from django.db import migrations

# As in migration 0004, and besides: a union stays tied to whom it was there for; an employer is the
# same under the names it had; and a membership that ended, moved or named another employer ties for
# two years, as a post does.
TIED = """
CREATE OR REPLACE FUNCTION members_tied_employers(asked uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE own AS (
        SELECT m.id, m.union_id, m.employer_name FROM members_account a
        JOIN members_membership m ON m.person_id = a.person_id
         AND (m.status <> 'ended' OR m.ended_date > current_date - interval '24 months')
        WHERE a.id = asked
    ), changed AS (
        SELECT c.from_union_id, c.particulars -> 'employer_name' ->> 'before' AS employer_name
        FROM own JOIN members_membershipchange c ON c.membership_id = own.id
        WHERE c.at > now() - interval '24 months'
    ), place AS (
        SELECT u.path FROM members_post p JOIN organisations_union u ON u.id = p.union_id
        WHERE p.account_id = asked
          AND (p.ended_at IS NULL OR p.ended_at > now() - interval '24 months')
        UNION
        SELECT u.path FROM own JOIN organisations_union u ON u.id = own.union_id
        UNION
        SELECT u.path FROM changed JOIN organisations_union u ON u.id = changed.from_union_id
    ), named AS (
        SELECT employer_name AS name FROM own WHERE employer_name <> ''
        UNION
        SELECT employer_name FROM changed WHERE employer_name <> ''
    ), tied AS (
        SELECT l.employer_id AS id
        FROM place, generate_series(14, length(place.path), 14) AS e(length)
        JOIN LATERAL (
            SELECT id FROM organisations_union WHERE path = left(place.path, e.length)
        ) AS above ON true
        JOIN organisations_everemployer l ON l.union_id = above.id
        UNION
        SELECT e.id FROM named JOIN organisations_employer e ON e.name = named.name
        UNION
        SELECT f.employer_id FROM named JOIN organisations_employername f ON f.name = named.name
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
            UNION ALL
            SELECT employer_id FROM organisations_employername WHERE name = e.name
            UNION ALL
            SELECT o.id FROM organisations_employername f
            JOIN organisations_employer o ON o.name = f.name WHERE f.employer_id = e.id
            UNION ALL
            SELECT o.employer_id FROM organisations_employername f
            JOIN organisations_employername o ON o.name = f.name WHERE f.employer_id = e.id
        ) AS other ON true
    )
    SELECT coalesce(array_agg(id), '{}') FROM tied
$$;
"""


BEFORE = import_module("niangjia.members.migrations.0004_tied_employers").TIED.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_substitutions"),
        ("organisations", "0005_past_employers"),
    ]

    operations = [migrations.RunSQL(TIED, BEFORE)]
