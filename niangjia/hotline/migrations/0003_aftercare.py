"""What comes after: paging, call-back, quality check, close; in an order that nobody skips.

`rules.aftercare.FOLLOWING` says in Python which state follows which; a test compares them.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.core.ids
import niangjia.hotline.models.lines
from django.conf import settings
from django.db import migrations, models
from niangjia.core.protection import enable

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
OF_ORDER = "EXISTS (SELECT FROM hotline_workorder o WHERE o.id = order_id)"
GUARDS = """
CREATE FUNCTION hotline_order_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (
        ('open', 'handled'), ('handled', 'called_back'), ('handled', 'rectifying'),
        ('rectifying', 'handled'), ('rectifying', 'called_back'),
        ('called_back', 'closed'), ('called_back', 'handled'), ('called_back', 'rectifying')
    ) THEN
        RAISE EXCEPTION 'an order does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_order_in_turn BEFORE UPDATE OF state ON hotline_workorder
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION hotline_order_in_turn();

CREATE FUNCTION hotline_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what happened to a work order is never changed'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER hotline_entry_stays BEFORE UPDATE OR DELETE ON hotline_orderentry
    FOR EACH ROW EXECUTE FUNCTION hotline_entry_stays();
CREATE TRIGGER hotline_entries_stay BEFORE TRUNCATE ON hotline_orderentry
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_entry_stays();
"""
UNDO_GUARDS = """
DROP TRIGGER hotline_order_in_turn ON hotline_workorder;
DROP TRIGGER hotline_entry_stays ON hotline_orderentry;
DROP TRIGGER hotline_entries_stay ON hotline_orderentry;
DROP FUNCTION hotline_order_in_turn();
DROP FUNCTION hotline_entry_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_linked_cases'),
        ('hotline', '0002_protection'),
        ('organisations', '0004_employer_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OnCall',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('from_time', models.TimeField()),
                ('until_time', models.TimeField()),
                ('way', models.CharField(choices=[('sms', 'Text message'), ('voice', 'Voice call')], default='voice', max_length=8)),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='OrderEntry',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('graded', 'Another grade'), ('flagged', 'Found to be urgent'), ('paged', 'Paged'), ('acknowledged', 'Taken on by who was paged'), ('returned', 'Came back to the line'), ('handled', 'Settled'), ('called', 'Called back'), ('rectifying', 'To be put right'), ('call_again', 'To be called back again'), ('checked', 'Quality check'), ('closed', 'Closed')], max_length=12)),
                ('at', models.DateTimeField()),
                ('account_id', models.UUIDField(null=True)),
                ('words', models.BinaryField(null=True)),
                ('facts', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('sms', 'Text message'), ('voice', 'Voice call')], max_length=8)),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='workorder',
            name='hotline_order_urgent_in_minutes',
        ),
        migrations.RemoveIndex(
            model_name='workorder',
            name='hotline_order_open',
        ),
        migrations.RemoveField(
            model_name='workorder',
            name='due_at',
        ),
        migrations.RemoveField(
            model_name='workorder',
            name='due_days',
        ),
        migrations.RemoveField(
            model_name='workorder',
            name='due_from',
        ),
        migrations.AddField(
            model_name='line',
            name='answered_call_back_percent',
            field=models.PositiveSmallIntegerField(default=10, help_text='of what was answered on the spot, how many in a hundred are called'),
        ),
        migrations.AddField(
            model_name='line',
            name='page_minutes',
            field=models.PositiveSmallIntegerField(default=5, help_text='after so many minutes without an answer the next person is paged'),
        ),
        migrations.AddField(
            model_name='line',
            name='quality_always',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=niangjia.hotline.models.lines.always_checked, help_text='classes checked whole', size=None),
        ),
        migrations.AddField(
            model_name='line',
            name='quality_percent',
            field=models.PositiveSmallIntegerField(default=20, help_text='of what was called back, how many in a hundred are checked'),
        ),
        migrations.AddField(
            model_name='workorder',
            name='acknowledged_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='acknowledged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='workorder',
            name='call_back',
            field=models.CharField(blank=True, choices=[('reached', 'Reached, and rated'), ('declined', 'Reached, would not rate'), ('not_reached', 'Not reached'), ('wrong_number', 'The number is not theirs'), ('nobody', 'Nobody to call: they stayed unknown, or took it back'), ('not_chosen', 'Not chosen for a call')], max_length=12),
        ),
        migrations.AddField(
            model_name='workorder',
            name='called_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='called_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='workorder',
            name='checked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='checked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='workorder',
            name='handled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='handled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AddField(
            model_name='workorder',
            name='is_on_time',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='level',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='page_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='quality',
            field=models.CharField(blank=True, choices=[('passed', 'Passed'), ('failed', 'Sent back'), ('not_chosen', 'Not in the sample')], max_length=10),
        ),
        migrations.AddField(
            model_name='workorder',
            name='respond_by',
            field=models.DateTimeField(help_text='by when somebody has to have come, where it is urgent', null=True),
        ),
        migrations.AddField(
            model_name='workorder',
            name='returns',
            field=models.PositiveSmallIntegerField(default=0, help_text='how often it came back to be called again'),
        ),
        migrations.AddField(
            model_name='workorder',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='workorder',
            name='state',
            field=models.CharField(choices=[('open', 'Being handled'), ('handled', 'Waits for call-back'), ('rectifying', 'Waits until it is put right'), ('called_back', 'Waits for quality check'), ('closed', 'Closed')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='workorder',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['line', 'state', '-id'], name='hotline_order_at_work'),
        ),
        migrations.AddIndex(
            model_name='workorder',
            index=models.Index(condition=models.Q(('page_at__isnull', False)), fields=['page_at'], name='hotline_order_to_page'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('answered_call_back_percent__lte', 100), ('page_minutes__gte', 1), ('quality_percent__lte', 100)), name='hotline_line_shares_are_percent'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('respond_by__isnull', True), ('urgent', '')), models.Q(models.Q(('urgent', ''), _negated=True), ('respond_by__isnull', False)), _connector='OR'), name='hotline_order_urgent_in_minutes'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=models.CheckConstraint(condition=models.Q(('called_back_by__isnull', True), models.Q(('called_back_by', models.F('agent')), _negated=True), _connector='OR'), name='hotline_order_called_back_by_another'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(models.Q(('checked_by', models.F('agent')), _negated=True), models.Q(('called_back_by__isnull', True), models.Q(('checked_by', models.F('called_back_by')), _negated=True), _connector='OR')), _connector='OR'), name='hotline_order_checked_by_another'),
        ),
        migrations.AddField(
            model_name='oncall',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='oncall',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='on_call', to='hotline.line'),
        ),
        migrations.AddField(
            model_name='orderentry',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='hotline.workorder'),
        ),
        migrations.AddField(
            model_name='page',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='page',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='hotline.workorder'),
        ),
        migrations.AddConstraint(
            model_name='oncall',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('line', 'position'), name='hotline_on_call_place_once'),
        ),
        migrations.AddConstraint(
            model_name='orderentry',
            constraint=models.UniqueConstraint(fields=('order', 'number'), name='hotline_order_entry_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(fields=('order', 'account', 'round'), name='hotline_page_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('acknowledged_at__gte', models.F('asked_at')), _connector='OR'), name='hotline_page_acknowledged_after_it_was_asked'),
        ),
        *enable(
            "hotline_orderentry", read=OF_ORDER, write=OF_ORDER, update="false", delete="false"
        ),
        *enable("hotline_page", read=OF_ORDER, write=IS_WORK, delete="false"),
        migrations.RunSQL(GUARDS, UNDO_GUARDS),
    ]
