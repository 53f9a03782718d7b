"""The serial of codes; indexes of the few places that have something rare or are open at night; and
tables that are read much and rewritten nightly keep room on their pages for it."""

from django.db import migrations

#: Bits of `rules.facilities` as they were when this was written.
SPARSE_BITS = (6, 7, 8, 9, 10, 11, 12, 17, 20, 21, 22, 41, 42, 43, 44, 45)
POINT = "USING gist (point(easting, northing))"


def partial(name, predicate):
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON places_placesearch {POINT} WHERE {predicate}",
        f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE places_place_serial AS integer MINVALUE 1 MAXVALUE 999999",
            "DROP SEQUENCE places_place_serial",
        ),
        *(
            partial(f"place_search_offer_{bit}", f"offers & {1 << bit}::bigint <> 0")
            for bit in SPARSE_BITS
        ),
        partial("place_search_at_night", "at_night"),
        migrations.RunSQL(
            "ALTER TABLE places_placesearch SET (fillfactor = 70)",
            "ALTER TABLE places_placesearch RESET (fillfactor)",
        ),
    ]
