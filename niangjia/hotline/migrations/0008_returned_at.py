from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0007_told_by_month'),
    ]

    operations = [
        migrations.AddField(
            model_name='workorder',
            name='returned_at',
            field=models.DateTimeField(
                help_text='since when it waits for the line to give it on again', null=True
            ),
        ),
    ]
