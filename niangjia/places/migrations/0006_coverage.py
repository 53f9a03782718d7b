import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.core.ids
import niangjia.places.models.coverage
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_past_employers'),
        ('places', '0005_rounds'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('first_date', models.DateField(unique=True)),
                ('recounts', models.BooleanField()),
                ('provinces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), default=list, size=None)),
                ('done', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), default=list, size=None)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Siting',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('who', models.CharField(max_length=10)),
                ('window', models.CharField(max_length=8)),
                ('stations', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting its turn'), ('running', 'Being worked out'), ('done', 'Worked out'), ('stopped', 'Called off'), ('empty', 'Nothing to work with')], default='waiting', max_length=8)),
                ('progress', models.PositiveSmallIntegerField(default=0, help_text='per cent')),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('candidates', models.PositiveIntegerField(default=0)),
                ('people', models.PositiveBigIntegerField(default=0)),
                ('reached', models.PositiveBigIntegerField(default=0)),
                ('gained', models.PositiveBigIntegerField(default=0)),
                ('bound', models.PositiveBigIntegerField(default=0)),
                ('measured_at', models.DateTimeField(null=True)),
                ('cells', models.JSONField(default=list)),
                ('kept', models.JSONField(default=list)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('rank', models.PositiveSmallIntegerField()),
                ('longitude', models.FloatField(help_text='degrees, WGS-84')),
                ('latitude', models.FloatField(help_text='degrees, WGS-84')),
                ('gained', models.PositiveBigIntegerField()),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place')),
                ('union', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.union')),
                ('siting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='places.siting')),
            ],
        ),
        migrations.CreateModel(
            name='CountedZone',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('people', models.CharField(choices=[('members', 'Members at their workplaces'), ('couriers', 'Couriers and drivers by their zones'), ('residents', 'Residents of townships')], max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('longitude', models.FloatField(help_text='degrees, WGS-84')),
                ('latitude', models.FloatField(help_text='degrees, WGS-84')),
                ('radius_m', models.PositiveIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=120)),
                ('is_made_up', models.BooleanField(default=False, help_text='for the demonstration')),
                ('loaded_at', models.DateTimeField()),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('people', 'division', 'name'), name='counted_zone_once'), models.CheckConstraint(condition=models.Q(('radius_m__gte', 100)), name='counted_zone_is_wide')],
            },
        ),
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('people', models.CharField(choices=[('members', 'Members at their workplaces'), ('couriers', 'Couriers and drivers by their zones'), ('residents', 'Residents of townships')], db_collation='C', max_length=10)),
                ('first_date', models.DateField()),
                ('total', models.PositiveBigIntegerField()),
                ('hours', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveBigIntegerField(), size=168)),
                ('unplaced', models.PositiveBigIntegerField(default=0)),
                ('measured_at', models.DateTimeField()),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='regions.division')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('division', 'people', 'first_date'), name='coverage_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='DemandCell',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('people', models.CharField(choices=[('members', 'Members at their workplaces'), ('couriers', 'Couriers and drivers by their zones'), ('residents', 'Residents of townships')], db_collation='C', max_length=10)),
                ('side_m', models.PositiveSmallIntegerField()),
                ('longitude', models.FloatField(help_text='degrees, WGS-84')),
                ('latitude', models.FloatField(help_text='degrees, WGS-84')),
                ('easting', models.FloatField()),
                ('northing', models.FloatField()),
                ('count', models.PositiveIntegerField()),
                ('covered', niangjia.places.models.coverage.WeekField(null=True)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='regions.division')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gte', 10)), name='demand_cell_hides_few')],
            },
        ),
        migrations.AddIndex(
            model_name='siting',
            index=models.Index(fields=['union', '-id'], name='siting_by_union'),
        ),
        migrations.AddConstraint(
            model_name='siting',
            constraint=models.CheckConstraint(condition=models.Q(('stations__gte', 1), ('stations__lte', 200)), name='siting_asks_for_some'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('siting', 'rank'), name='proposal_rank_once'),
        ),
    ]
