import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import niangjia.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0021_what_words_are_about"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Landmark",
            fields=[
                ("id", models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ("sort", models.CharField(choices=[("street", "Street"), ("point", "Point"), ("stop", "Stop")], max_length=6)),
                ("name", models.CharField(max_length=80)),
                ("also", models.CharField(blank=True, max_length=300)),
                ("longitude", models.FloatField(help_text="degrees, WGS-84")),
                ("latitude", models.FloatField(help_text="degrees, WGS-84")),
                ("tokens", django.contrib.postgres.search.SearchVectorField()),
                ("division", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="regions.division")),
                ("map", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="landmarks", to="places.streetmap")),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["tokens"], name="landmark_tokens")],
            },
        ),
    ]
