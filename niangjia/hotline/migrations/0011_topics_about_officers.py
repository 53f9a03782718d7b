from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0010_nobody_let_in_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='topic',
            name='about_officer',
            field=models.BooleanField(default=False),
        ),
    ]
