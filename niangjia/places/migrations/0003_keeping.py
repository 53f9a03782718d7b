import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0002_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('known_as', models.CharField(help_text='what the union calls them', max_length=40)),
                ('since_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places_kept', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepers', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='KeeperInvitation',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('known_as', models.CharField(max_length=40)),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('keeper', models.OneToOneField(help_text='who took it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='places.keeper')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='OpeningDay',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('date', models.DateField()),
                ('ticked_at', models.DateTimeField(null=True)),
                ('is_late', models.BooleanField(default=False, help_text='ticked after somebody had to be asked')),
                ('by_account_id', models.UUIDField(null=True)),
                ('lacking', models.JSONField(blank=True, default=list)),
                ('asked_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_days', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('to', models.CharField(choices=[('draft', 'Being prepared'), ('applied', 'Applied for'), ('checked', 'Checked on site'), ('approved', 'Approved'), ('published', 'Open to the public'), ('closed', 'Closed for good')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('who', models.CharField(blank=True, max_length=40)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('checklist', models.PositiveSmallIntegerField(help_text='version of the checklist', null=True)),
                ('by_account_id', models.UUIDField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Supply',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('sort', models.CharField(choices=[('supply', 'Supplies'), ('equipment', 'Equipment')], max_length=9)),
                ('name', models.CharField(max_length=60)),
                ('facility', models.CharField(blank=True, max_length=16)),
                ('amount', models.PositiveIntegerField(default=1)),
                ('expires_date', models.DateField(blank=True, null=True)),
                ('check_date', models.DateField(blank=True, help_text='to be checked again by then', null=True)),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('used_up', 'Used up'), ('broken', 'Broken'), ('expired', 'Thrown away, expired'), ('mistake', 'Entered by mistake')], max_length=8)),
                ('reminded_date', models.DateField(help_text='the day the keeper was reminded about', null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplies', to='places.place')),
            ],
        ),
        migrations.AddConstraint(
            model_name='keeper',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('place', 'account'), name='keeper_once_at_a_place'),
        ),
        migrations.AddConstraint(
            model_name='openingday',
            constraint=models.UniqueConstraint(fields=('place', 'date'), name='opening_day_once'),
        ),
        migrations.AddConstraint(
            model_name='openingday',
            constraint=models.CheckConstraint(condition=models.Q(('ticked_at__isnull', True), ('by_account_id__isnull', False), _connector='OR'), name='opening_day_ticked_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['place', '-at'], name='step_by_place'),
        ),
        migrations.AddIndex(
            model_name='supply',
            index=models.Index(fields=['place', '-id'], name='supply_by_place'),
        ),
        migrations.AddIndex(
            model_name='supply',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['expires_date'], name='supply_by_expiry'),
        ),
        migrations.AddConstraint(
            model_name='supply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ending', '')), models.Q(models.Q(('ended_at', None), _negated=True), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='supply_ends_in_a_way'),
        ),
        migrations.AddConstraint(
            model_name='supply',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('added_at')), _connector='OR'), name='supply_ends_after_it_came'),
        ),
    ]
