import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0006_state_words'),
        ('organisations', '0004_employer_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Gate',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('occasion', models.CharField(db_collation='C', max_length=80, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gates', to='allocation.pool')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('door', models.CharField(blank=True, max_length=40)),
                ('way', models.CharField(choices=[('code', 'Scanned'), ('digits', 'Typed'), ('list', 'Chosen from the list')], max_length=8)),
                ('step', models.BigIntegerField(help_text='the half minute the code was shown in', null=True)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('admitted', 'Came in'), ('conflict', 'To be looked at'), ('settled', 'Looked at')], max_length=10)),
                ('problem', models.CharField(blank=True, choices=[('', ''), ('again', 'Had come in already'), ('replayed', 'The same code was shown twice'), ('not_theirs', 'Has no part of this any more'), ('unproven', 'The code does not fit this person'), ('clock', "The device's clock was too far off"), ('out_of_time', 'Not while the gate was open')], max_length=12)),
                ('judgement', models.CharField(blank=True, choices=[('', ''), ('harmless', 'Harmless: they went out and came back, or it was a slip'), ('let_in', 'They did come in: count them'), ('misused', "Somebody came in with another's code")], max_length=10)),
                ('judged_at', models.DateTimeField(null=True)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='allocation.claim')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('steward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='allocation.gate')),
            ],
        ),
        migrations.CreateModel(
            name='Steward',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('named_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stewards', to='allocation.gate')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='gate',
            index=models.Index(fields=['pool', 'begins_at'], name='gate_of_pool'),
        ),
        migrations.AddConstraint(
            model_name='gate',
            constraint=models.CheckConstraint(condition=models.Q(('begins_at__lt', models.F('ends_at'))), name='gate_begins_before_it_ends'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['gate', 'state', '-at'], name='entry_of_gate'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'admitted')), fields=('gate', 'claim'), name='entry_once_a_gate'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'admitted'), models.Q(('problem', ''), _negated=True), _connector='OR'), name='entry_conflict_has_problem'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('judged_by__isnull', True), ('judgement', '')), models.Q(models.Q(('judgement', ''), _negated=True), ('judged_at__isnull', False), ('judged_by__isnull', False)), _connector='OR'), name='entry_judged_whole'),
        ),
        migrations.AddConstraint(
            model_name='steward',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('gate', 'account'), name='steward_once_a_gate'),
        ),
    ]
