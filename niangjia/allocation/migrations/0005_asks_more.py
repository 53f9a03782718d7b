from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0004_draws_stay'),
    ]

    operations = [
        migrations.AddField(
            model_name='pool',
            name='asks_more',
            field=models.BooleanField(default=False, help_text='the room above asks more of whoever claims: it takes the claims, nobody else'),
        ),
    ]
