from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0004_disputes_and_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='merchantimport',
            name='faults',
            field=models.JSONField(default=list, help_text='[number of the row, what is wrong] each'),
        ),
    ]
