from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0006_rated_by_key'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='shown_by_rated',
            field=models.BooleanField(default=False),
        ),
    ]
