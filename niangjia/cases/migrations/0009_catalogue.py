import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_assignment_rules'),
        ('organisations', '0004_employer_without_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicNotice',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('item_name', models.JSONField()),
                ('masked_name', models.CharField(max_length=60)),
                ('published_at', models.DateTimeField()),
                ('until_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='itemversion',
            name='effective_date',
            field=models.DateField(help_text='the day from which a scheduled version holds', null=True),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='retired_by_account_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='retired_reason',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name='caseentry',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('step', 'Step taken'), ('note', 'Note'), ('message', 'Message'), ('assigned', 'Assigned'), ('paused', 'Clock paused'), ('resumed', 'Clock goes on'), ('extended', 'Term extended'), ('term', 'Another term promised'), ('reminded', 'Reminder'), ('breached', 'Late'), ('escalated', 'Passed up'), ('taken_over', 'Taken over'), ('transferred', 'Transferred'), ('objected', 'Transfer objected to'), ('notice_no', 'Objection to the public notice'), ('joined', 'Handled jointly'), ('left', 'Joint handling ended'), ('linked', 'Linked'), ('document', 'Letter'), ('file', 'File added'), ('naming', 'Being named'), ('party', 'Employer named'), ('represented', 'Representative elected'), ('withdrawn', 'Withdrawn'), ('closed', 'Finished'), ('reopened', 'Opened again')], max_length=12),
        ),
        migrations.AlterField(
            model_name='itemversion',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Approved, holds later'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'scheduled')), fields=('item', 'union'), name='item_one_scheduled_at_a_union'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'scheduled'), _negated=True), ('effective_date__isnull', False), _connector='OR'), name='item_scheduled_for_a_day'),
        ),
        migrations.AddField(
            model_name='publicnotice',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_notices', to='cases.case'),
        ),
        migrations.AddField(
            model_name='publicnotice',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.serviceitem'),
        ),
        migrations.AddField(
            model_name='publicnotice',
            name='union',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AddIndex(
            model_name='publicnotice',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['union', 'until_at'], name='public_notice_current'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='public_notice_once'),
        ),
    ]
