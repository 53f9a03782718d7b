from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_protected_groups'),
    ]

    operations = [
        migrations.AddField(
            model_name='caseunit',
            name='done_at',
            field=models.DateTimeField(help_text='when a joint unit had done its part', null=True),
        ),
    ]
