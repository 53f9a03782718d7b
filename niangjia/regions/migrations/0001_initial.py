import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Division',
            fields=[
                ('code', models.CharField(db_collation='C', help_text='six digits down to counties, nine for townships; 100000 is the country', max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(db_collation='C', db_index=True, max_length=60)),
                ('short_name', models.CharField(db_collation='C', db_index=True, help_text='without its suffix: 义乌', max_length=60)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'country'), (1, 'province'), (2, 'city'), (3, 'county'), (4, 'township')])),
                ('path', models.CharField(db_collation='C', max_length=60, unique=True)),
                ('longitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('latitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('coordinate_source', models.CharField(choices=[('own', 'its own'), ('parent', 'inherited from the division above')], default='own', max_length=8)),
                ('pinyin', models.CharField(db_collation='C', max_length=240)),
                ('initials', models.CharField(db_collation='C', max_length=60)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='regions.division')),
            ],
            options={
                'ordering': ['path'],
            },
        ),
    ]
