from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_guards'),
    ]

    operations = [
        migrations.AlterField(
            model_name='caseentry',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('step', 'Step taken'), ('note', 'Note'), ('message', 'Message'), ('assigned', 'Assigned'), ('paused', 'Clock paused'), ('resumed', 'Clock goes on'), ('extended', 'Term extended'), ('term', 'Another term promised'), ('reminded', 'Reminder'), ('breached', 'Late'), ('escalated', 'Passed up'), ('taken_over', 'Taken over'), ('transferred', 'Transferred'), ('objected', 'Transfer objected to'), ('joined', 'Handled jointly'), ('left', 'Joint handling ended'), ('linked', 'Linked'), ('document', 'Letter'), ('file', 'File added'), ('party', 'Employer named'), ('represented', 'Representative elected'), ('withdrawn', 'Withdrawn'), ('closed', 'Finished'), ('reopened', 'Opened again')], max_length=12),
        ),
    ]
