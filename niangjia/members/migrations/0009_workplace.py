from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_fewer_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='workplace',
            field=models.CharField(blank=True, choices=[('indoors', 'Indoors for the most part'), ('outdoors', 'Outdoors for the most part')], default='', max_length=8),
        ),
    ]
