import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0013_photos'),
    ]

    operations = [
        migrations.CreateModel(
            name='StreetMap',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('ways', models.PositiveIntegerField(help_text='open to people on foot')),
                ('kilometres', models.PositiveIntegerField()),
                ('data_at', models.DateTimeField(null=True)),
                ('loaded_at', models.DateTimeField()),
                ('is_made_up', models.BooleanField(default=False, help_text='for the demonstration')),
            ],
        ),
        migrations.AddField(
            model_name='measurement',
            name='to_walk',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='measurement',
            name='walked',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='siting',
            name='walked',
            field=models.PositiveIntegerField(default=0, help_text='of the candidates, measured along streets'),
        ),
        migrations.CreateModel(
            name='WalkReach',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('longitude', models.FloatField(help_text='degrees, WGS-84')),
                ('latitude', models.FloatField(help_text='degrees, WGS-84')),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('longitude', 'latitude'), name='walk_reach_once')],
            },
        ),
        migrations.CreateModel(
            name='StreetTile',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('col', models.SmallIntegerField()),
                ('line', models.SmallIntegerField()),
                ('edges', models.BinaryField()),
                ('map', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tiles', to='places.streetmap')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('col', 'line', 'map'), name='street_tile_once')],
            },
        ),
    ]
