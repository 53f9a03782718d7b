import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0002_forfeited'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShopSearch',
            fields=[
                ('shop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='benefits.shop')),
                ('easting', models.FloatField()),
                ('northing', models.FloatField()),
                ('longitude', models.FloatField(help_text='degrees, WGS-84')),
                ('latitude', models.FloatField(help_text='degrees, WGS-84')),
                ('is_approximate', models.BooleanField(help_text="the point is the division's, not its own")),
                ('tokens', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('easting'), models.F('northing'), function='point'), name='shop_search_point'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['tokens'], name='shop_search_tokens')],
            },
        ),
    ]
