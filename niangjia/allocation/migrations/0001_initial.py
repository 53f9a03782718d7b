import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import niangjia.allocation.models.pools
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0004_employer_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(db_collation='C', max_length=80, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('mode', models.CharField(choices=[('first_come', 'First come, first served'), ('draw', 'Draw'), ('by_score', 'By score'), ('approval', 'By approval')], default='first_come', max_length=12)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(help_text='when the rooms above were told', null=True)),
                ('decided_at', models.DateTimeField(help_text='when whoever had entered was put in order and given parts', null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('per_person', models.PositiveSmallIntegerField(default=1, help_text='claims of one person')),
                ('parts_max', models.PositiveSmallIntegerField(default=1, help_text='parts of one claim: a family, a team')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('courier', 'Couriers and food delivery riders'), ('driver', 'Ride-hailing and truck drivers'), ('live_commerce', 'Live commerce hosts and online sellers'), ('domestic', 'Domestic and care workers'), ('casual', 'Casual and self-employed workers'), ('employee', 'Employees whose employer has no union')], max_length=16), default=list, help_text='kinds of worker that may claim, as said when joining; empty: every one', size=None)),
                ('needs_real_name', models.BooleanField(default=False)),
                ('member_days', models.PositiveSmallIntegerField(default=0, help_text='for how many days somebody must have been a member')),
                ('age_min', models.PositiveSmallIntegerField(help_text='whole years, when claiming', null=True)),
                ('age_max', models.PositiveSmallIntegerField(help_text='whole years, when claiming', null=True)),
                ('confirm_minutes', models.PositiveIntegerField(default=0, help_text='how long a part is held to be confirmed; 0: it is given at once')),
                ('has_waiting_list', models.BooleanField(default=False)),
                ('offer_minutes', models.PositiveIntegerField(default=1440, help_text='how long a part that came free is kept for the next in line')),
                ('offers_until', models.DateTimeField(help_text='after it nothing is offered any more, and no offer or hold outlasts it', null=True)),
                ('gather_seconds', models.PositiveSmallIntegerField(default=0, help_text='claims of so many seconds after opening are put in random order, not in that of arrival')),
                ('seed', models.BinaryField(default=niangjia.allocation.models.pools.new_seed, help_text='what that order is made from; its digest is shown before, it after', max_length=32)),
                ('reach', models.ForeignKey(help_text='members of it and below it may claim; without: whoever has an account', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('supply', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0)),
                ('returns_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='allocation.pool')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField()),
                ('slot', models.PositiveSmallIntegerField()),
                ('parts', models.PositiveSmallIntegerField(default=1)),
                ('place', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('entered', 'Taken in, not decided yet'), ('waiting', 'On the waiting list'), ('offered', 'Offered to you'), ('held', 'Held for you'), ('confirmed', 'Yours'), ('returned', 'Given back'), ('expired', 'Not confirmed in time'), ('refused', 'Refused'), ('lost', 'Nothing was left'), ('cancelled', 'Called off')], max_length=10)),
                ('at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField(help_text='when it came to the state it is in')),
                ('score', models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ('reason', models.CharField(blank=True, help_text='why it was refused', max_length=500)),
                ('key', models.CharField(db_collation='C', help_text='the idempotency key it was claimed under: sent again, it gets this claim', max_length=200, null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('pool', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='allocation.pool')),
                ('share', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='allocation.share')),
            ],
        ),
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('pool', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='stock', serialize=False, to='allocation.pool')),
                ('supply', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0)),
                ('reserved', models.PositiveIntegerField(default=0, help_text='what the shares have left, all together')),
                ('last_place', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('supply__gte', django.db.models.expressions.CombinedExpression(models.F('taken'), '+', models.F('reserved')))), name='stock_never_oversold')],
            },
        ),
        migrations.AddIndex(
            model_name='pool',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['closes_at'], name='pool_to_be_closed'),
        ),
        migrations.AddIndex(
            model_name='pool',
            index=models.Index(condition=models.Q(('decided_at__isnull', True), ('gather_seconds__gt', 0)), fields=['opens_at'], name='pool_to_be_decided'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at__lt', models.F('closes_at'))), name='pool_opens_before_it_closes'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('parts_max__gte', 1), ('per_person__gte', 1)), name='pool_for_somebody'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('age_min__isnull', True), ('age_max__isnull', True), ('age_min__lte', models.F('age_max')), _connector='OR'), name='pool_ages_in_order'),
        ),
        migrations.AddIndex(
            model_name='share',
            index=models.Index(condition=models.Q(('returned_at__isnull', True), ('returns_at__isnull', False)), fields=['returns_at'], name='share_to_be_returned'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.UniqueConstraint(fields=('pool', 'union'), name='share_one_a_union'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('taken__lte', models.F('supply'))), name='share_never_oversold'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['account', '-id'], name='claim_by_account'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('state__in', ('offered', 'held'))), fields=['expires_at'], name='claim_to_expire'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('state__in', ('entered', 'waiting'))), fields=['pool', 'place'], name='claim_in_line'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('entered', 'waiting', 'offered', 'held', 'confirmed'))), fields=('pool', 'holder_id', 'slot'), name='claim_within_ones_share'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('account', 'key'), name='claim_once_a_key'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('pool', 'place'), name='claim_one_place'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('parts__gte', 1)), name='claim_of_something'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', False), ('state__in', ('offered', 'held'))), models.Q(models.Q(('state__in', ('offered', 'held')), _negated=True), ('expires_at__isnull', True)), _connector='OR'), name='claim_timed_has_end'),
        ),
    ]
