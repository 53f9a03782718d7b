from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0012_outdoors'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='confirm_hours',
            field=models.PositiveSmallIntegerField(default=0, help_text='how long a seat given by lot or approval is kept to be confirmed; 0: not asked'),
        ),
        migrations.AddField(
            model_name='activity',
            name='member_days',
            field=models.PositiveSmallIntegerField(default=0, help_text='for how many days one must have been a member'),
        ),
    ]
