from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0004_call_back_contact'),
    ]

    operations = [
        migrations.AddField(
            model_name='signal',
            name='verdict',
            field=models.CharField(blank=True, choices=[('explained', 'It has a good reason'), ('manipulated', 'The ratings were manipulated')], max_length=12),
        ),
    ]
