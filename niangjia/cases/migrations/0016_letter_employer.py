from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_joint_parts'),
    ]

    operations = [
        migrations.AddField(
            model_name='caseletter',
            name='employer_id',
            field=models.UUIDField(help_text='which of several accused it went to; none: to all of them', null=True),
        ),
    ]
