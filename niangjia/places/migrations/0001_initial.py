import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import niangjia.core.ids
import niangjia.places.models.search
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0005_past_employers'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(db_collation='C', max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('station', 'Service station'), ('drivers_home', "Drivers' home"), ('palace', 'Palace of culture'), ('nursing_room', 'Nursing room'), ('studio', 'Innovation studio'), ('office', 'Service centre')], max_length=14)),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('applied', 'Applied for'), ('checked', 'Checked on site'), ('approved', 'Approved'), ('published', 'Open to the public'), ('closed', 'Closed for good')], default='draft', max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('introduction', models.TextField(blank=True, max_length=1000)),
                ('address', models.CharField(max_length=200)),
                ('way_in', models.CharField(blank=True, help_text='how to find the door', max_length=120)),
                ('longitude', models.FloatField(help_text='degrees, WGS-84')),
                ('latitude', models.FloatField(help_text='degrees, WGS-84')),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('hours', models.CharField(help_text="OpenStreetMap's opening_hours", max_length=300)),
                ('facilities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, default=list, size=None)),
                ('haves', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sign', 'A sign that says what it is'), ('layout', 'A sensible layout'), ('facilities', 'Facilities'), ('services', 'Services'), ('rules', 'Rules on the wall'), ('map', 'A point on the map')], max_length=16), blank=True, default=list, size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('en', 'English'), ('ug', 'Uyghur'), ('bo', 'Tibetan'), ('mn', 'Mongolian'), ('kk', 'Kazakh'), ('ko', 'Korean'), ('za', 'Zhuang'), ('ii', 'Yi'), ('yue', 'Cantonese'), ('csl', 'Sign language')], max_length=16), blank=True, default=list, size=None)),
                ('accessibility', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('step_free', 'No steps at the door'), ('wide_door', 'A door wide enough for a wheelchair'), ('toilet', 'A toilet for wheelchairs'), ('tactile', 'A tactile path to the door'), ('parking', 'A parking space for disabled drivers')], max_length=16), blank=True, default=list, size=None)),
                ('welcome', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('courier', 'Couriers and food delivery riders'), ('driver', 'Ride-hailing and truck drivers'), ('live_commerce', 'Live commerce hosts and online sellers'), ('domestic', 'Domestic and care workers'), ('casual', 'Casual and self-employed workers'), ('employee', 'Employees whose employer has no union')], max_length=16), blank=True, default=list, size=None)),
                ('area_m2', models.PositiveIntegerField(blank=True, null=True)),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('parking_bays', models.PositiveSmallIntegerField(blank=True, help_text="for trucks; a drivers' home says how many", null=True)),
                ('is_made_up', models.BooleanField(default=False, help_text='for the demonstration')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('close_reason', models.CharField(blank=True, max_length=300)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='HoursOverride',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('first_date', models.DateField()),
                ('last_date', models.DateField()),
                ('hours', models.CharField(blank=True, max_length=300)),
                ('reason', models.CharField(max_length=100)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours_overrides', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('said', models.CharField(choices=[('open', 'It was open'), ('closed', 'It was closed'), ('lacks', 'Something is missing or broken'), ('moved', 'It is not where the map says')], max_length=8)),
                ('facility', models.CharField(blank=True, help_text='what is missing or broken', max_length=16)),
                ('account_digest', models.BinaryField(max_length=32, null=True)),
                ('device_digest', models.BinaryField(max_length=32, null=True)),
                ('network_digest', models.BinaryField(max_length=32, null=True)),
                ('by_keeper', models.BooleanField(default=False, help_text='said by somebody who answers for it')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='PlaceSearch',
            fields=[
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='places.place')),
                ('easting', models.FloatField()),
                ('northing', models.FloatField()),
                ('longitude', models.FloatField(help_text='degrees, WGS-84')),
                ('latitude', models.FloatField(help_text='degrees, WGS-84')),
                ('offers', models.BigIntegerField()),
                ('missing', models.BigIntegerField(default=0)),
                ('missing_until', models.DateTimeField(null=True)),
                ('open', niangjia.places.models.search.MomentsField()),
                ('at_night', models.BooleanField()),
                ('tokens', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('easting'), models.F('northing'), function='point'), name='place_search_point'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['tokens'], name='place_search_tokens')],
            },
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['union', '-id'], name='place_by_union'),
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['division', '-id'], name='place_by_division'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('latitude__range', (-85, 85)), ('longitude__range', (-180, 180))), name='place_point_is_on_earth'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='place_published_says_when'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='place_closed_says_when'),
        ),
        migrations.AddIndex(
            model_name='hoursoverride',
            index=models.Index(fields=['place', 'last_date'], name='hours_override_by_place'),
        ),
        migrations.AddConstraint(
            model_name='hoursoverride',
            constraint=models.CheckConstraint(condition=models.Q(('last_date__gte', models.F('first_date'))), name='hours_override_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['place', '-at'], name='report_by_place'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said', 'lacks'), models.Q(('facility', ''), _negated=True)), models.Q(models.Q(('said', 'lacks'), _negated=True), ('facility', '')), _connector='OR'), name='report_lacks_says_what'),
        ),
    ]
