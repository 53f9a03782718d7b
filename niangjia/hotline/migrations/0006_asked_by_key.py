from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0005_tallies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='pressed',
            field=models.PositiveSmallIntegerField(help_text='the level by the key pressed after it, until that is a rating', null=True),
        ),
        migrations.AlterField(
            model_name='orderentry',
            name='kind',
            field=models.CharField(choices=[('graded', 'Another grade'), ('flagged', 'Found to be urgent'), ('paged', 'Paged'), ('acknowledged', 'Taken on by who was paged'), ('returned', 'Came back to the line'), ('handled', 'Settled'), ('asked', 'Asked how it was'), ('called', 'Called back'), ('rectifying', 'To be put right'), ('call_again', 'To be called back again'), ('checked', 'Quality check'), ('closed', 'Closed')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('pressed__isnull', True), ('pressed__range', (1, 5)), _connector='OR'), name='hotline_call_pressed_is_a_level'),
        ),
    ]
