from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='used_at',
            field=models.DateTimeField(help_text='when something was had for it: it cannot be given back any more', null=True),
        ),
    ]
