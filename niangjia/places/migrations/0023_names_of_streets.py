import zlib

import django.contrib.postgres.fields
from django.db import migrations, models

#: Bytes of a piece before: two numbers, two points, a length. Since: a name and a size behind.
BEFORE = 36
NO_NAME = bytes(5)


def widen(apps, schema_editor):
    """Pieces that are kept already have no name and are small, until their extract is loaded anew."""
    for tile in apps.get_model("places", "StreetTile").objects.iterator(chunk_size=200):
        pieces = zlib.decompress(tile.edges)
        each = (pieces[first : first + BEFORE] for first in range(0, len(pieces), BEFORE))
        tile.edges = zlib.compress(b"".join(one + NO_NAME for one in each), 6)
        tile.save(update_fields=["edges"])


class Migration(migrations.Migration):
    dependencies = [("places", "0022_landmarks")]

    operations = [
        migrations.AddField(
            "streettile",
            "names",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=80), default=list, size=None),
        ),
        migrations.RunPython(widen, migrations.RunPython.noop),
    ]
