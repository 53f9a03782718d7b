import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_queue_of_place'),
    ]

    operations = [
        migrations.AlterField(
            model_name='caseentry',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('step', 'Step taken'), ('note', 'Note'), ('message', 'Message'), ('assigned', 'Assigned'), ('paused', 'Clock paused'), ('resumed', 'Clock goes on'), ('extended', 'Term extended'), ('term', 'Another term promised'), ('reminded', 'Reminder'), ('breached', 'Late'), ('escalated', 'Passed up'), ('taken_over', 'Taken over'), ('transferred', 'Transferred'), ('objected', 'Transfer objected to'), ('notice_no', 'Objection to the public notice'), ('joined', 'Handled jointly'), ('left', 'Joint handling ended'), ('linked', 'Linked'), ('document', 'Letter'), ('file', 'File added'), ('naming', 'Being named'), ('party', 'Employer named'), ('moved', 'The applicant has moved'), ('died', 'The applicant has died'), ('group', 'Group'), ('represented', 'Representative elected'), ('withdrawn', 'Withdrawn'), ('closed', 'Finished'), ('reopened', 'Opened again')], max_length=12),
        ),
        migrations.CreateModel(
            name='CaseGroup',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('code_digest', models.BinaryField(max_length=32, unique=True)),
                ('code', models.BinaryField()),
                ('opened_at', models.DateTimeField()),
                ('opened_by_account_id', models.UUIDField(help_text='the officer, if one opened it', null=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='group', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('owner_digest', models.BinaryField(max_length=32)),
                ('phone_digest', models.BinaryField(max_length=32, null=True)),
                ('contact', models.BinaryField()),
                ('joined_by', models.CharField(choices=[('account', 'with an account'), ('receipt', 'with a receipt'), ('list', 'entered by the union')], max_length=8)),
                ('state', models.CharField(choices=[('joined', 'Takes part'), ('left', 'Has left'), ('removed', 'Taken out')], default='joined', max_length=8)),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Representative',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('nominated_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('elected_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands', to='cases.groupmember')),
            ],
        ),
        migrations.CreateModel(
            name='RepresentativeVoice',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('agrees', models.BooleanField()),
                ('on_paper', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.groupmember')),
                ('representative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='cases.representative')),
            ],
        ),
        migrations.AddIndex(
            model_name='groupmember',
            index=models.Index(fields=['owner_digest'], name='group_member_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(fields=('case', 'owner_digest'), name='group_member_once'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(condition=models.Q(('phone_digest__isnull', False), ('state', 'joined')), fields=('case', 'phone_digest'), name='group_member_one_a_phone'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', True), ('state', 'joined')), models.Q(('left_at__isnull', False), ('state__in', ['left', 'removed'])), _connector='OR'), name='group_member_left_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='representative',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('member',), name='representative_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='representative',
            constraint=models.CheckConstraint(condition=models.Q(('elected_at__isnull', True), ('accepted_at__isnull', False), _connector='OR'), name='representative_is_willing'),
        ),
        migrations.AddConstraint(
            model_name='representativevoice',
            constraint=models.UniqueConstraint(fields=('representative', 'member'), name='representative_voice_once'),
        ),
    ]
