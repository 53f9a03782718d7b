import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_union_serial'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='employer',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='organisations.employer'),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(fields=['name'], name='employer_by_name'),
        ),
    ]
