import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0002_claim_used'),
        ('organisations', '0004_employer_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=12, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('source', models.CharField(choices=[('double_colour_ball', 'Double Colour Ball, China Welfare Lottery'), ('super_lotto', 'Super Lotto, China Sports Lottery')], max_length=24)),
                ('issue', models.CharField(db_collation='C', max_length=7)),
                ('known_at', models.DateTimeField(help_text='before it nobody can know the value')),
                ('commitment', models.CharField(help_text='SHA-256 of the secret, in hex', max_length=64)),
                ('announced_at', models.DateTimeField()),
                ('parts', models.PositiveIntegerField(null=True)),
                ('entrants', models.PositiveIntegerField(null=True)),
                ('entrants_file', models.TextField(null=True)),
                ('sealed_file', models.TextField(null=True)),
                ('seal', models.CharField(help_text='SHA-256 of the sealed file', max_length=64, null=True)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('value', models.CharField(max_length=40, null=True)),
                ('drawn_file', models.TextField(null=True)),
                ('drawn_at', models.DateTimeField(null=True)),
                ('void_reason', models.CharField(blank=True, choices=[('mistake', 'It was announced by mistake'), ('sealed_late', 'The list was not sealed before the value could be known'), ('annulled', 'That issue was never drawn'), ('secret_lost', 'The secret cannot be opened any more'), ('called_off', 'What was to be shared was called off')], max_length=16)),
                ('voided_at', models.DateTimeField(null=True)),
                ('announced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='allocation.pool')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('void_asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('void_confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='DrawSecret',
            fields=[
                ('draw', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='secret', serialize=False, to='allocation.draw')),
                ('secret', niangjia.core.crypto.fields.EncryptedTextField()),
            ],
        ),
        migrations.CreateModel(
            name='DrawLine',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('pseudonym', models.CharField(db_collation='C', max_length=19)),
                ('parts', models.PositiveSmallIntegerField()),
                ('nonce', niangjia.core.crypto.fields.EncryptedTextField(null=True)),
                ('rank', models.PositiveIntegerField(null=True)),
                ('has_won', models.BooleanField(null=True)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draw_lines', to='allocation.claim')),
                ('draw', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='allocation.draw')),
            ],
        ),
        migrations.CreateModel(
            name='ValueReading',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('value', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='allocation.draw')),
            ],
        ),
        migrations.AddIndex(
            model_name='draw',
            index=models.Index(condition=models.Q(('drawn_at__isnull', True), ('voided_at__isnull', True)), fields=['known_at'], name='draw_to_come'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('pool',), name='draw_once_a_pool'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('announced_at__lt', models.F('known_at'))), name='draw_announced_before_the_value'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed_at__isnull', True), ('entrants_file__isnull', True), ('seal__isnull', True), ('sealed_file__isnull', True)), models.Q(('entrants_file__isnull', False), ('seal__isnull', False), ('sealed_at__lt', models.F('known_at')), ('sealed_file__isnull', False)), _connector='OR'), name='draw_sealed_before_the_value'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drawn_at__isnull', True), ('drawn_file__isnull', True), ('value__isnull', True)), models.Q(('drawn_at__gte', models.F('known_at')), ('drawn_file__isnull', False), ('sealed_at__isnull', False), ('value__isnull', False)), _connector='OR'), name='draw_drawn_after_the_value'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), ('void_reason__in', ['sealed_late', 'called_off']), models.Q(('void_asked_by__isnull', False), ('void_confirmed_by__isnull', False), models.Q(('void_asked_by', models.F('void_confirmed_by')), _negated=True)), _connector='OR'), name='draw_void_by_two'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), ('drawn_at__isnull', True), _connector='OR'), name='draw_void_or_drawn'),
        ),
        migrations.AddConstraint(
            model_name='drawline',
            constraint=models.UniqueConstraint(fields=('draw', 'pseudonym'), name='draw_line_one_name'),
        ),
        migrations.AddConstraint(
            model_name='drawline',
            constraint=models.UniqueConstraint(fields=('draw', 'claim'), name='draw_line_one_claim'),
        ),
        migrations.AddConstraint(
            model_name='drawline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('has_won__isnull', True), ('rank__isnull', True)), models.Q(('has_won__isnull', False), ('rank__isnull', False)), _connector='OR'), name='draw_line_ranked_whole'),
        ),
    ]
