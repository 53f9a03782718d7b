import django.db.models.deletion
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
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('per_person', models.PositiveSmallIntegerField(default=1)),
                ('reach_path', models.TextField(blank=True, db_collation='C', help_text='members at or below this path may claim; empty: whoever has an account')),
                ('needs_real_name', models.BooleanField(default=False)),
                ('member_days', models.PositiveSmallIntegerField(default=0, help_text='for how many days somebody must have been a member')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField()),
                ('slot', models.PositiveSmallIntegerField()),
                ('place', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('held', 'Yours'), ('returned', 'Given back')], default='held', max_length=10)),
                ('at', models.DateTimeField()),
                ('returned_at', models.DateTimeField(null=True)),
                ('key', models.CharField(db_collation='C', help_text='the idempotency key it was claimed under: sent again, it gets this claim', max_length=200, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='allocation.pool')),
            ],
        ),
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('pool', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='stock', serialize=False, to='allocation.pool')),
                ('supply', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0)),
                ('last_place', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('taken__lte', models.F('supply'))), name='stock_never_oversold')],
            },
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at__lt', models.F('closes_at'))), name='pool_opens_before_it_closes'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('per_person__gte', 1)), name='pool_for_somebody'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['account', '-id'], name='claim_by_account'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'held')), fields=('pool', 'holder_id', 'slot'), name='claim_within_ones_share'),
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
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', False), ('state', 'returned')), models.Q(models.Q(('state', 'returned'), _negated=True), ('returned_at__isnull', True)), _connector='OR'), name='claim_returned_has_time'),
        ),
    ]
