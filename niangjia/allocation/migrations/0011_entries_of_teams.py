import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0010_claims_of_an_account_by_their_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_conflict_has_problem',
        ),
        migrations.AddField(
            model_name='entry',
            name='members',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, help_text='as the room above names them (`rules.parties`)', size=None),
        ),
        migrations.AlterField(
            model_name='entry',
            name='problem',
            field=models.CharField(blank=True, choices=[('', ''), ('again', 'Had come in already'), ('replayed', 'The same code was shown twice'), ('not_theirs', 'Has no part of this any more'), ('unproven', 'The code does not fit this person'), ('clock', "The device's clock was too far off"), ('out_of_time', 'Not while the gate was open'), ('parted', 'Somebody of these is not in the team any more')], max_length=12),
        ),
        migrations.AlterField(
            model_name='entry',
            name='state',
            field=models.CharField(choices=[('admitted', 'Came in'), ('followed', 'Came in with their team'), ('conflict', 'To be looked at'), ('settled', 'Looked at')], max_length=10),
        ),
        migrations.AlterField(
            model_name='pool',
            name='kinds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('courier', 'Couriers and food delivery riders'), ('driver', 'Ride-hailing and truck drivers'), ('live_commerce', 'Live commerce hosts and online sellers'), ('domestic', 'Domestic and care workers'), ('casual', 'Casual and self-employed workers'), ('employee', 'Employees whose employer has no union'), ('outdoors', 'Members who work outdoors, as their union says')], max_length=16), default=list, help_text='kinds of worker that may claim; empty: every one', size=None),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('admitted', 'followed')), models.Q(('problem', ''), _negated=True), _connector='OR'), name='entry_conflict_has_problem'),
        ),
    ]
