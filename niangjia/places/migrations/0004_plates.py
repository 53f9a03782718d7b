import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_past_employers'),
        ('places', '0003_keeping'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plate',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(db_collation='C', max_length=10, unique=True)),
                ('issued_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['changed_at', 'id'], name='place_by_change'),
        ),
        migrations.AddField(
            model_name='plate',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plates', to='places.place'),
        ),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('place',), name='plate_one_in_force'),
        ),
    ]
