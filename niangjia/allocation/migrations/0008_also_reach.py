import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0007_gates'),
    ]

    operations = [
        migrations.AddField(
            model_name='pool',
            name='also_reach',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, help_text='members of these unions and below them may claim as well, where `reach` is set', size=None),
        ),
    ]
