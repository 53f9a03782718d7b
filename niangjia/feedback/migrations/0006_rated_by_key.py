from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0005_verdicts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rating',
            name='channel',
            field=models.CharField(choices=[('link', 'Link'), ('counter', 'Code at the counter'), ('in_app', 'Signed in'), ('call_back', 'Call-back'), ('keypad', 'Key pressed after the call')], max_length=10),
        ),
    ]
