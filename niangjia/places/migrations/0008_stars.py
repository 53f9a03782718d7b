import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0007_visits'),
    ]

    operations = [
        migrations.CreateModel(
            name='StarRun',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(unique=True)),
                ('began_at', models.DateTimeField()),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('after', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='StarRating',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='its first day')),
                ('stars', models.PositiveSmallIntegerField()),
                ('before', models.PositiveSmallIntegerField(null=True)),
                ('rules', models.PositiveSmallIntegerField(help_text='version of the rules', null=True)),
                ('findings', models.JSONField(blank=True, default=list)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('reason', models.CharField(blank=True, help_text='of stars given by hand', max_length=300)),
                ('made_at', models.DateTimeField()),
                ('by_account_id', models.UUIDField(help_text='who gave them by hand', null=True)),
                ('objections_until', models.DateTimeField(null=True)),
                ('counts_from', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='star_ratings', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='StarObjection',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('by_account_id', models.UUIDField()),
                ('is_upheld', models.BooleanField(null=True)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_account_id', models.UUIDField(null=True)),
                ('rating', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='places.starrating')),
            ],
        ),
        migrations.AddIndex(
            model_name='starrating',
            index=models.Index(fields=['place', '-made_at'], name='stars_by_place'),
        ),
        migrations.AddIndex(
            model_name='starrating',
            index=models.Index(condition=models.Q(('counts_from', None), ('withdrawn_at', None)), fields=['objections_until'], name='stars_announced'),
        ),
        migrations.AddConstraint(
            model_name='starrating',
            constraint=models.UniqueConstraint(condition=models.Q(('by_account_id', None)), fields=('place', 'month'), name='stars_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='starrating',
            constraint=models.CheckConstraint(condition=models.Q(('stars__range', (1, 5))), name='stars_from_one_to_five'),
        ),
        migrations.AddConstraint(
            model_name='starrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by_account_id', None), ('rules__isnull', False)), models.Q(('by_account_id__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='stars_by_hand_say_why'),
        ),
        migrations.AddConstraint(
            model_name='starrating',
            constraint=models.CheckConstraint(condition=models.Q(('before', None), ('stars__gte', models.F('before')), ('objections_until__isnull', False), _connector='OR'), name='stars_fewer_are_announced'),
        ),
        migrations.AddConstraint(
            model_name='starobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by_account_id', None), ('is_upheld', None)), models.Q(('decided_at__isnull', False), ('is_upheld__isnull', False), ('decided_by_account_id__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='star_objection_decided_says_how'),
        ),
    ]
