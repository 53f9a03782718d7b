import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0004_tied_employers'),
        ('organisations', '0003_merged_employers'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemSnapshot',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('content', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='ServiceItem',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(db_collation='C', max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=16, unique=True)),
                ('way', models.CharField(choices=[('portal', 'Online'), ('hotline', '12351 hotline'), ('counter', 'At the counter'), ('paper', 'On paper'), ('inner', 'From within the union')], default='portal', max_length=8)),
                ('is_complaint', models.BooleanField(default=False)),
                ('is_urgent', models.BooleanField(default=False)),
                ('people_count', models.PositiveIntegerField(default=1)),
                ('owner_digest', models.BinaryField(help_text='of the account or the receipt that may read it as its applicant', max_length=32)),
                ('person_digest', models.BinaryField(max_length=32, null=True)),
                ('is_anonymous', models.BooleanField(default=False)),
                ('sealed_key', models.BinaryField()),
                ('answers', models.BinaryField()),
                ('handler_path', models.CharField(db_collation='C', max_length=160)),
                ('sharing_paths', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(db_collation='C', max_length=160), default=list, help_text='of unions that see it as well: where it began, joint handlers, raised_to', size=None)),
                ('accused_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('excluded_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, help_text='accounts it is about, or too close to it', size=None)),
                ('state', models.CharField(choices=[('open', 'In progress'), ('paused', 'Paused'), ('closed', 'Finished'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('step', models.CharField(db_collation='C', max_length=40)),
                ('result', models.CharField(blank=True, max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('due_from', models.DateField()),
                ('due_days', models.PositiveSmallIntegerField()),
                ('due_unit', models.CharField(max_length=8)),
                ('due_at', models.DateTimeField()),
                ('step_from', models.DateField()),
                ('step_days', models.PositiveSmallIntegerField(null=True)),
                ('step_unit', models.CharField(blank=True, max_length=8)),
                ('next_due_at', models.DateTimeField(help_text="what comes first of the step's and the case's")),
                ('clock_at', models.DateTimeField(help_text='when the clock has to look at it again')),
                ('reminded', models.BooleanField(default=False)),
                ('breaches', models.PositiveSmallIntegerField(default=0)),
                ('due_breached_at', models.DateTimeField(null=True)),
                ('extended_times', models.PositiveSmallIntegerField(default=0)),
                ('paused_at', models.DateTimeField(null=True)),
                ('resume_by', models.DateTimeField(null=True)),
                ('paused_days', models.PositiveSmallIntegerField(default=0)),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('began_at', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
                ('handler', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.person')),
                ('raised_to', models.ForeignKey(help_text='the union above that was called when a term ran out, and may take over', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.itemsnapshot')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.serviceitem')),
            ],
        ),
        migrations.AddField(
            model_name='itemsnapshot',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='cases.serviceitem'),
        ),
        migrations.CreateModel(
            name='CaseEntry',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('opened', 'Received'), ('step', 'Step taken'), ('note', 'Note'), ('message', 'Message'), ('assigned', 'Assigned'), ('paused', 'Clock paused'), ('resumed', 'Clock goes on'), ('extended', 'Term extended'), ('reminded', 'Reminder'), ('breached', 'Late'), ('escalated', 'Passed up'), ('taken_over', 'Taken over'), ('transferred', 'Transferred'), ('objected', 'Transfer objected to'), ('joined', 'Handled jointly'), ('left', 'Joint handling ended'), ('linked', 'Linked'), ('document', 'Letter'), ('file', 'File added'), ('party', 'Employer named'), ('represented', 'Representative elected'), ('withdrawn', 'Withdrawn'), ('closed', 'Finished'), ('reopened', 'Opened again')], max_length=12)),
                ('at', models.DateTimeField()),
                ('account_id', models.UUIDField(null=True)),
                ('step', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('outcome', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('words', models.BinaryField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('is_public', models.BooleanField(default=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='cases.case')),
                ('union', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='case_entry_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseLink',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('duplicate', 'Same matter'), ('related', 'Related'), ('follows', 'Follows from')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by_account_id', models.UUIDField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='cases.case')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'other'), name='case_link_once'), models.CheckConstraint(condition=models.Q(('case', models.F('other')), _negated=True), name='case_link_not_itself')],
            },
        ),
        migrations.CreateModel(
            name='CaseUnit',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('is_joint', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='cases.case')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('case', 'union', 'is_joint'), name='case_unit_once')],
            },
        ),
        migrations.CreateModel(
            name='ItemVersion',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=10)),
                ('content', models.JSONField()),
                ('drafted_at', models.DateTimeField()),
                ('drafted_by_account_id', models.UUIDField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by_account_id', models.UUIDField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='cases.serviceitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'union', 'number'), name='item_version_numbered_once'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('item', 'union'), name='item_one_published_at_a_union'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('item', 'union'), name='item_one_draft_at_a_union')],
            },
        ),
        migrations.CreateModel(
            name='CaseDraft',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('owner_digest', models.BinaryField(max_length=32)),
                ('sealed_key', models.BinaryField()),
                ('answers', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.serviceitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner_digest', 'item'), name='case_draft_one_an_item')],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['open', 'paused'])), fields=['handler', 'next_due_at', 'id'], name='case_queue_of_union'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['open', 'paused'])), fields=['assigned_to', 'next_due_at', 'id'], name='case_queue_of_officer'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['open', 'paused'])), fields=['next_due_at', 'id'], name='case_queue'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['open', 'paused'])), fields=['clock_at', 'id'], name='case_clock'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['handler_path', '-id'], name='case_by_place'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['owner_digest', '-id'], name='case_by_owner'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('person_digest__isnull', False)), fields=['person_digest', '-id'], name='case_by_person'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed'), models.Q(('result', ''), _negated=True)), models.Q(('closed_at__isnull', False), ('state', 'withdrawn')), models.Q(('closed_at__isnull', True), ('result', ''), ('state__in', ['open', 'paused'])), _connector='OR'), name='case_closed_has_moment_and_result'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', False), ('resume_by__isnull', False), ('state', 'paused')), models.Q(models.Q(('state', 'paused'), _negated=True), ('paused_at__isnull', True), ('resume_by__isnull', True)), _connector='OR'), name='case_paused_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('is_complaint', False), models.Q(('applicant__isnull', True), ('person__isnull', True)), _connector='OR'), name='case_complaint_names_nobody_in_the_clear'),
        ),
    ]
