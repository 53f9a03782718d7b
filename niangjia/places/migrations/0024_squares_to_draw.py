import zlib
from collections import defaultdict

from django.db import migrations, models

import niangjia.core.ids
from niangjia.places.rules.street_lines import Kept, packed


def draw(apps, schema_editor):
    """Draw what is loaded already."""
    tiles, squares = apps.get_model("places", "StreetTile"), apps.get_model("places", "StreetSquare")
    cols = tiles.objects.order_by("col").values_list("col", flat=True).distinct()
    for col in list(cols):
        lines = defaultdict(list)
        for tile in tiles.objects.filter(col=col).order_by("map_id").select_related("map"):
            kept = Kept(zlib.decompress(tile.edges), tile.names, tile.map.is_made_up)
            lines[tile.line].append(kept)
        squares.objects.bulk_create(
            squares(col=col, line=line, drawn=packed(kept, col, line)) for line, kept in lines.items()
        )


class Migration(migrations.Migration):
    dependencies = [("places", "0023_names_of_streets")]

    operations = [
        migrations.CreateModel(
            name="StreetSquare",
            fields=[
                ("id", models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ("col", models.SmallIntegerField()),
                ("line", models.SmallIntegerField()),
                ("drawn", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("col", "line"), name="street_square_once")],
            },
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
    ]
