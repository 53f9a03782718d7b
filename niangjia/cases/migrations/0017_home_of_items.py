import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_letter_employer'),
        ('organisations', '0005_past_employers'),
    ]

    operations = [
        migrations.AddField(
            model_name='serviceitem',
            name='home',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
    ]
