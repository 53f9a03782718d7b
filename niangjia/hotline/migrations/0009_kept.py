from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0008_returned_at'),
    ]

    operations = [
        migrations.AlterField(
            model_name='orderentry',
            name='kind',
            field=models.CharField(choices=[('graded', 'Another grade'), ('flagged', 'Found to be urgent'), ('paged', 'Paged'), ('acknowledged', 'Taken on by who was paged'), ('returned', 'Came back to the line'), ('kept', 'Stays where it is'), ('handled', 'Settled'), ('asked', 'Asked how it was'), ('called', 'Called back'), ('rectifying', 'To be put right'), ('call_again', 'To be called back again'), ('checked', 'Quality check'), ('closed', 'Closed')], max_length=12),
        ),
    ]
