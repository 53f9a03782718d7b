from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0010_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='siting',
            name='state',
            field=models.CharField(choices=[('waiting', 'Waiting its turn'), ('running', 'Being worked out'), ('done', 'Worked out'), ('stopped', 'Called off'), ('failed', 'Went wrong'), ('empty', 'Nothing to work with')], default='waiting', max_length=8),
        ),
        migrations.AlterField(
            model_name='siting',
            name='who',
            field=models.CharField(choices=[('workers', 'Workers'), ('residents', 'Residents')], max_length=10),
        ),
        migrations.AlterField(
            model_name='siting',
            name='window',
            field=models.CharField(choices=[('all', 'All hours'), ('day', 'By day, 6:00 to 22:00'), ('night', 'By night, 22:00 to 6:00')], max_length=8),
        ),
    ]
