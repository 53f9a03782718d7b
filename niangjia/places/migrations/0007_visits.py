import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0006_coverage'),
    ]

    operations = [
        migrations.AddField(
            model_name='plate',
            name='doubted_at',
            field=models.DateTimeField(help_text='since when phones that scan it are far from its place', null=True),
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('is_far', models.BooleanField()),
                ('near', models.CharField(blank=True, help_text='latitude,longitude, rounded', max_length=20)),
                ('by_keeper', models.BooleanField(default=False)),
                ('account_digest', models.BinaryField(max_length=32, null=True)),
                ('device_digest', models.BinaryField(max_length=32, null=True)),
                ('network_digest', models.BinaryField(max_length=32, null=True)),
                ('plate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sightings', to='places.plate')),
            ],
            options={
                'indexes': [models.Index(fields=['plate', '-at'], name='sighting_by_plate')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_far', True), ('near', ''), _connector='OR'), name='sighting_keeps_no_point_at_its_place')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('arrived_at', models.DateTimeField()),
                ('until_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('visitor_digest', models.BinaryField(max_length=32)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['place', '-arrived_at'], name='visit_by_place')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('place', 'visitor_digest'), name='visit_once_at_a_time'), models.CheckConstraint(condition=models.Q(('until_at__gt', models.F('arrived_at')), models.Q(('left_at', None), ('left_at__gte', models.F('arrived_at')), _connector='OR')), name='visit_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='VisitDay',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('date', models.DateField()),
                ('visits', models.PositiveIntegerField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visit_days', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['date'], name='visit_day_by_date')],
                'constraints': [models.UniqueConstraint(fields=('place', 'date'), name='visit_day_once')],
            },
        ),
    ]
