import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0003_guards'),
        ('organisations', '0004_employer_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=20, unique=True)),
                ('is_open', models.BooleanField(default=True)),
                ('ordinary_days', models.PositiveSmallIntegerField(default=5)),
                ('difficult_days', models.PositiveSmallIntegerField(default=15)),
                ('complex_days', models.PositiveSmallIntegerField(default=30)),
                ('urgent_minutes', models.PositiveSmallIntegerField(default=30)),
                ('abusive_calls', models.PositiveSmallIntegerField(default=3, help_text='so many abusive calls from one number within `abusive_days` mark it')),
                ('abusive_days', models.PositiveSmallIntegerField(default=30)),
                ('opened_at', models.DateTimeField()),
                ('union', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hotline', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('phone', 'Phone'), ('portal', 'Message'), ('paper', 'Letter on paper')], max_length=8)),
                ('external_id', models.CharField(blank=True, db_collation='C', help_text='what the telephone system calls it', max_length=80)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('taken', 'Taken'), ('ended', 'Ended')], default='waiting', max_length=8)),
                ('ending', models.CharField(blank=True, choices=[('handled', 'Handled'), ('abandoned', 'Hung up while waiting'), ('silent', 'Silent'), ('abusive', 'Abusive'), ('wrong_number', 'Wrong number')], max_length=12)),
                ('rang_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('hung_up_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('sealed_key', models.BinaryField()),
                ('number', models.BinaryField(null=True)),
                ('number_digest', models.BinaryField(max_length=32, null=True)),
                ('note', models.BinaryField(null=True)),
                ('draft', models.BinaryField(null=True)),
                ('draft_version', models.PositiveIntegerField(default=0)),
                ('owner_digest', models.BinaryField(help_text='of the account or receipt that wrote it: reads its answer', max_length=32, null=True)),
                ('recording', models.CharField(blank=True, help_text='where the telephone system keeps it', max_length=200)),
                ('call_back_by', models.DateTimeField(null=True)),
                ('is_forgotten', models.BooleanField(default=False)),
                ('accused_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('excluded_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='hotline.line')),
            ],
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(db_collation='C', max_length=40)),
                ('number', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=80)),
                ('body', models.TextField(max_length=6000)),
                ('basis', models.CharField(blank=True, max_length=400)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('as_of_date', models.DateField()),
                ('is_current', models.BooleanField(default=True)),
                ('edited_at', models.DateTimeField()),
                ('edited_by_account_id', models.UUIDField(null=True)),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='hotline.line')),
            ],
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('note', niangjia.core.crypto.fields.EncryptedTextField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='hotline.line')),
            ],
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('open', 'Not finished'), ('call_back', 'Must be called back'), ('watch', 'Keep an eye on it')], max_length=10)),
                ('words', models.BinaryField(null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='hotline.call')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='hotline.shift')),
            ],
        ),
        migrations.CreateModel(
            name='TelephonyEvent',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('event_id', models.CharField(db_collation='C', max_length=80)),
                ('kind', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('digest', models.BinaryField(max_length=32)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='hotline.call')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hotline.line')),
            ],
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(db_collation='C', max_length=40)),
                ('category', models.CharField(choices=[('consultation', 'Question'), ('service', 'Service and help'), ('complaint', 'Petition or complaint'), ('legal_aid', 'Legal aid (12351)'), ('suggestion', 'Opinion or suggestion')], max_length=12)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('initials', models.CharField(db_collation='C', max_length=60)),
                ('item_key', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('grade', models.CharField(choices=[('ordinary', 'Ordinary'), ('difficult', 'Difficult'), ('complex', 'Especially complex')], default='ordinary', max_length=10)),
                ('urgent_words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='hotline.line')),
            ],
        ),
        migrations.CreateModel(
            name='WorkOrder',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=12, unique=True)),
                ('grade', models.CharField(choices=[('ordinary', 'Ordinary'), ('difficult', 'Difficult'), ('complex', 'Especially complex')], max_length=10)),
                ('urgent', models.CharField(blank=True, choices=[('danger', 'Danger to life'), ('mass', 'Mass incident'), ('suicide', 'Risk of suicide')], max_length=8)),
                ('way', models.CharField(choices=[('answered', 'Answered on the spot'), ('case', 'Handed on as a case')], max_length=8)),
                ('state', models.CharField(choices=[('open', 'Being handled'), ('handled', 'Waits for call-back'), ('called_back', 'Waits for quality check'), ('closed', 'Closed')], max_length=12)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('due_from', models.DateField()),
                ('due_days', models.PositiveSmallIntegerField(null=True)),
                ('due_at', models.DateTimeField()),
                ('sealed_key', models.BinaryField()),
                ('words', models.BinaryField()),
                ('accused_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('excluded_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hotline.article')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='hotline.call')),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_order', to='cases.case')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='hotline.line')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hotline.topic')),
            ],
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('complex_days__gte', models.F('difficult_days')), ('difficult_days__gte', models.F('ordinary_days')), ('ordinary_days__gte', 1), ('urgent_minutes__gte', 1)), name='hotline_line_terms_grow'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('state', 'ended'), _negated=True), fields=['line', 'rang_at', 'id'], name='hotline_call_at_hand'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['line', '-id'], name='hotline_call_by_line'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('number_digest__isnull', False)), fields=['number_digest', '-id'], name='hotline_call_by_number'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('owner_digest__isnull', False)), fields=['owner_digest', '-id'], name='hotline_call_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('line', 'external_id'), name='hotline_call_once_from_outside'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state', 'ended'), models.Q(('ending', ''), _negated=True)), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at__isnull', True), ('ending', '')), _connector='OR'), name='hotline_call_ended_says_how'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), models.Q(('agent__isnull', False), ('taken_at__isnull', False)), _connector='OR'), name='hotline_call_taken_has_agent'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('is_forgotten', False), models.Q(('number__isnull', True), ('number_digest__isnull', True), ('recording', '')), _connector='OR'), name='hotline_call_forgotten_has_no_number'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True), ('line__isnull', True)), fields=('key',), name='hotline_article_national_once'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('line', 'key'), name='hotline_article_of_line_once'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(fields=['line', '-id'], name='hotline_shift_by_line'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('account',), name='hotline_shift_one'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='hotline_shift_acknowledged_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(fields=('shift', 'call'), name='hotline_hand_over_once'),
        ),
        migrations.AddConstraint(
            model_name='telephonyevent',
            constraint=models.UniqueConstraint(fields=('line', 'event_id'), name='hotline_event_once'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', True)), fields=('key',), name='hotline_topic_national_once'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(fields=('line', 'key'), name='hotline_topic_of_line_once'),
        ),
        migrations.AddIndex(
            model_name='workorder',
            index=models.Index(fields=['line', '-id'], name='hotline_order_by_line'),
        ),
        migrations.AddIndex(
            model_name='workorder',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['line', 'due_at', 'id'], name='hotline_order_open'),
        ),
        migrations.AddIndex(
            model_name='workorder',
            index=models.Index(fields=['topic', '-id'], name='hotline_order_by_topic'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('way', 'case')), models.Q(('case__isnull', True), ('way', 'answered'), models.Q(('state', 'open'), _negated=True)), _connector='OR'), name='hotline_order_case_or_answer'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='hotline_order_closed_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_days__isnull', False), ('urgent', '')), models.Q(models.Q(('urgent', ''), _negated=True), ('due_days__isnull', True)), _connector='OR'), name='hotline_order_urgent_in_minutes'),
        ),
    ]
