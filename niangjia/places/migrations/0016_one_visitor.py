from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0015_unanswered_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='visit',
            name='pass_digest',
            field=models.BinaryField(max_length=32, null=True),
        ),
    ]
