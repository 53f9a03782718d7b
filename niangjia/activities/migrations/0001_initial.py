import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('allocation', '0005_asks_more'),
        ('organisations', '0004_employer_without_code'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('culture', 'Arts and culture'), ('sport', 'Sports'), ('family', 'With the family'), ('reading', 'Reading'), ('talk', 'Talks and study'), ('course', 'Courses'), ('volunteer', 'Volunteer work'), ('recuperation', 'Recuperation'), ('health', 'Health'), ('matchmaking', 'Meeting somebody'), ('job_fair', 'Job fairs')], max_length=14)),
                ('programme', models.CharField(blank=True, db_collation='C', max_length=24)),
                ('name', models.CharField(max_length=60)),
                ('summary', models.CharField(max_length=120)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Called off')], default='draft', max_length=10)),
                ('worker_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('courier', 'Couriers and food delivery riders'), ('driver', 'Ride-hailing and truck drivers'), ('live_commerce', 'Live commerce hosts and online sellers'), ('domestic', 'Domestic and care workers'), ('casual', 'Casual and self-employed workers'), ('employee', 'Employees whose employer has no union')], max_length=16), blank=True, default=list, size=None)),
                ('needs_real_name', models.BooleanField(default=False)),
                ('age_min', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('age_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('mode', models.CharField(choices=[('first_come', 'First come, first served'), ('draw', 'Draw'), ('by_score', 'By score'), ('approval', 'By approval')], default='first_come', max_length=12)),
                ('opens_at', models.DateTimeField(null=True)),
                ('closes_at', models.DateTimeField(null=True)),
                ('has_waiting_list', models.BooleanField(default=True)),
                ('companions_max', models.PositiveSmallIntegerField(default=0, help_text='people that one may bring along; each takes a seat')),
                ('asks_emergency', models.BooleanField(default=False, help_text='whom to call in an emergency')),
                ('asks_identity', models.BooleanField(default=False, help_text='identity numbers of companions, for the insurance')),
                ('health_words', models.CharField(blank=True, help_text="what one declares about one's health; empty: nothing", max_length=300)),
                ('fee_fen', models.PositiveIntegerField(default=0, help_text='for each person, paid on the spot')),
                ('phone', models.CharField(blank=True, help_text="the office's, public", max_length=30)),
                ('longitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('latitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('is_made_up', models.BooleanField(default=False, help_text='for the demonstration')),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
                ('co_organisers', models.ManyToManyField(blank=True, related_name='+', to='organisations.union')),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
                ('open_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=40)),
                ('seats', models.PositiveIntegerField()),
                ('starts_at', models.DateTimeField(help_text='of its first session')),
                ('ends_at', models.DateTimeField(help_text='of its last session')),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
                ('reminded_at', models.DateTimeField(help_text='when whoever comes was reminded', null=True)),
                ('followed_at', models.DateTimeField(help_text='when whoever came was asked to rate', null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='activities.activity')),
                ('pool', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='allocation.pool')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=40)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, help_text='as people call it', max_length=60)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('longitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('latitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('link', models.URLField(blank=True, max_length=300)),
                ('changes', models.PositiveSmallIntegerField(default=0, help_text='how often it was moved: the SEQUENCE of RFC 5545')),
                ('changed_at', models.DateTimeField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='activities.run')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('answers', niangjia.core.crypto.fields.EncryptedTextField(null=True)),
                ('declared_at', models.DateTimeField(null=True)),
                ('paid_fen', models.PositiveIntegerField(help_text='received on the spot', null=True)),
                ('paid_at', models.DateTimeField(null=True)),
                ('paid_to_account_id', models.UUIDField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to=settings.AUTH_USER_MODEL)),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sign_up', to='allocation.claim')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='activities.run')),
            ],
        ),
        migrations.CreateModel(
            name='Companion',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', niangjia.core.crypto.fields.EncryptedTextField()),
                ('identity_number', niangjia.core.crypto.fields.EncryptedTextField(null=True)),
                ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='companions', to='activities.signup')),
            ],
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('people', models.PositiveSmallIntegerField(default=1)),
                ('way', models.CharField(choices=[('list', 'Ticked in the list'), ('code', 'By their code')], max_length=4)),
                ('at', models.DateTimeField()),
                ('by_account_id', models.UUIDField(null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='activities.session')),
                ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='activities.signup')),
            ],
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('news', models.CharField(choices=[('moved', 'Moved'), ('reminder', 'Reminder'), ('added', 'Message')], max_length=8)),
                ('facts', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('last_id', models.UUIDField(null=True)),
                ('told', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='activities.run')),
            ],
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['starts_at', 'id'], name='activity_by_start'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['latitude'], name='activity_by_latitude'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['union', '-id'], name='activity_by_union'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('closes_at__isnull', False), ('ends_at__isnull', False), ('opens_at__isnull', False), ('published_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='activity_published_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at__isnull', True), ('closes_at__isnull', True), ('opens_at__lt', models.F('closes_at')), _connector='OR'), name='activity_opens_before_it_closes'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at__isnull', True)), _connector='OR'), name='activity_cancelled_says_when'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(condition=models.Q(('reminded_at__isnull', True)), fields=['starts_at'], name='run_to_remind'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(condition=models.Q(('followed_at__isnull', True)), fields=['ends_at'], name='run_to_follow'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('activity', 'position'), name='run_one_position'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='run_has_seats'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='session_starts_before_it_ends'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('link', ''), _negated=True), _connector='OR'), name='session_is_somewhere'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['account', '-id'], name='sign_up_by_account'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['run', 'id'], name='sign_up_by_run'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', True), ('paid_fen__isnull', True)), models.Q(('paid_at__isnull', False), ('paid_fen__isnull', False)), _connector='OR'), name='sign_up_paid_says_when'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('sign_up', 'session'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='attendance_of_somebody'),
        ),
        migrations.AddIndex(
            model_name='telling',
            index=models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['id'], name='telling_open'),
        ),
    ]
