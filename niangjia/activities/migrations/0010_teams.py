import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0009_photos'),
        ('allocation', '0009_draw_reminders'),
        ('organisations', '0005_past_employers'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=24)),
                ('size', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='when it must be whole')),
                ('looked_at', models.DateTimeField(help_text='when it was looked at first after sign-up, and told if too few', null=True)),
                ('settled_at', models.DateTimeField(help_text='when it was found whole, or too few', null=True)),
                ('ended_at', models.DateTimeField(help_text='given up by its captain, or too few', null=True)),
                ('is_dropped', models.BooleanField(default=False, help_text='too few when it counted')),
            ],
        ),
        migrations.CreateModel(
            name='TeamInvitation',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='activity',
            name='seats_by_team',
            field=models.BooleanField(default=False, help_text='a team takes one seat, not one for each of its people'),
        ),
        migrations.AddField(
            model_name='activity',
            name='team_max',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='team_min',
            field=models.PositiveSmallIntegerField(blank=True, help_text='people in a team; empty: one signs up by oneself', null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='team_wait_hours',
            field=models.PositiveSmallIntegerField(default=0, help_text='so long after sign-up a team that is too small is waited for'),
        ),
        migrations.AddField(
            model_name='signup',
            name='is_captain',
            field=models.BooleanField(default=False, help_text='of their team'),
        ),
        migrations.AlterField(
            model_name='signup',
            name='claim',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='allocation.claim'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('team_max__isnull', True), ('team_min__isnull', True)), models.Q(('companions_max', 0), ('team_max__gte', models.F('team_min')), ('team_max__isnull', False), ('team_min__gte', 2), ('team_min__isnull', False)), _connector='OR'), name='activity_teams_in_order'),
        ),
        migrations.AddField(
            model_name='team',
            name='claim',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='team', to='allocation.claim'),
        ),
        migrations.AddField(
            model_name='team',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='activities.run'),
        ),
        migrations.AddField(
            model_name='signup',
            name='team',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='activities.team'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(fields=('claim', 'account'), name='sign_up_once_a_claim'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('team__isnull', True)), fields=('claim',), name='sign_up_alone_a_claim'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('is_captain', True)), fields=('team',), name='sign_up_one_captain'),
        ),
        migrations.AddField(
            model_name='teaminvitation',
            name='sign_up',
            field=models.OneToOneField(help_text='who joined by it', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitation', to='activities.signup'),
        ),
        migrations.AddField(
            model_name='teaminvitation',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='activities.team'),
        ),
        migrations.AddIndex(
            model_name='team',
            index=models.Index(condition=models.Q(('ended_at__isnull', True), ('settled_at__isnull', True)), fields=['run'], name='team_to_settle'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('run', 'name'), name='team_one_name'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 2)), name='team_of_several'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('is_dropped', False), ('ended_at__isnull', False), _connector='OR'), name='team_dropped_has_ended'),
        ),
    ]
