from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0009_draw_reminders'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_account',
        ),
    ]
