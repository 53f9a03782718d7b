from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0005_asks_more'),
    ]

    operations = [
        migrations.AlterField(
            model_name='claim',
            name='state',
            field=models.CharField(choices=[('entered', 'Taken in, not decided yet'), ('waiting', 'On the waiting list'), ('offered', 'Offered to you'), ('held', 'Held for you'), ('confirmed', 'It is yours'), ('returned', 'You gave it back'), ('expired', 'Not confirmed in time'), ('refused', 'Refused'), ('lost', 'Nothing was left'), ('cancelled', 'Called off')], max_length=10),
        ),
    ]
